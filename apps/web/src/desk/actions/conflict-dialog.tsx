import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { useWorker } from '../../store/use-entities';
import { OnlineButton } from '../../ui/online-button';
import { StateBadge } from '../../ui/state-badge';
import { useNames } from '../presence/use-names';
import { type ActionConflict, conflicts } from './conflicts';

/** "It has changed since you looked": theirs, yours, and who decides — you. */
export default function ConflictDialog({ conflict }: { conflict: ActionConflict }) {
  const { t } = useTranslation('desk');
  const seenBy = useWorker(conflict.seen.workerId);
  const now = useWorker(conflict.present.workerId);
  const { data } = useQuery({
    queryKey: ['job', conflict.present.id, 'timeline'],
    queryFn: () => api.get('/jobs/{id}/timeline', { path: { id: conflict.present.id } }),
  });
  const nameOf = useNames();
  const mine = useWorker(conflict.workerId);
  const close = () => conflicts.set(null);
  const { seen, present, verb, again } = conflict;
  // Given to somebody else while it was being given to somebody: said of the giving, whatever came after.
  const taken = verb === 'reassign' && now && now.id !== mine?.id ? now.name : null;
  const entry = taken
    ? data?.items.findLast(({ type }) => type === 'job.assigned')
    : data?.items.findLast(({ actor }) => actor?.kind === 'user');
  const who = entry?.actor?.kind === 'user' ? nameOf(entry.actor.id) : '';
  const lead = taken
    ? who
      ? t('conflict.whoGave', { name: who, worker: taken })
      : t('conflict.given', { worker: taken })
    : who
      ? t('conflict.who', { name: who })
      : t('conflict.lead');
  return (
    <Modal
      opened
      onClose={close}
      title={t('conflict.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text size="sm">{lead}</Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('conflict.yours')}</Table.Th>
              <Table.Th>{t('conflict.theirs')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Td>
                <StateBadge state={seen.state} /> {seenBy?.name}
              </Table.Td>
              <Table.Td>
                <StateBadge state={present.state} /> {now?.name}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {taken ? t('conflict.keepWith', { name: taken }) : t('conflict.keepTheirs')}
          </Button>
          {again && (
            <OnlineButton
              onClick={() => {
                close();
                void again();
              }}
            >
              {taken && mine
                ? t('conflict.giveInstead', { name: mine.name })
                : t('conflict.doMine', { action: t(`event.${verb}`) })}
            </OnlineButton>
          )}
        </Group>
        {!again && <Text size="sm">{t('conflict.impossible')}</Text>}
      </Stack>
    </Modal>
  );
}
