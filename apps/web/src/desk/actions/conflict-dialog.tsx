import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, type Page } from '../../api/call';
import type { TimelineEntry } from '../../api/types';
import { StateBadge } from '../../ui/state-badge';
import { useWorker } from '../../world/use-world';
import { useNames } from '../presence/use-names';
import { type ActionConflict, conflicts } from './conflicts';

/** "It has changed since you looked": theirs, yours, and who decides — you. */
export default function ConflictDialog({ conflict }: { conflict: ActionConflict }) {
  const { t } = useTranslation('desk');
  const seenBy = useWorker(conflict.seen.workerId);
  const now = useWorker(conflict.present.workerId);
  const { data } = useQuery({
    queryKey: ['job', conflict.present.id, 'timeline'],
    queryFn: () => call<Page<TimelineEntry>>('GET', `/jobs/${conflict.present.id}/timeline`),
  });
  const nameOf = useNames();
  const who = nameOf(data?.items.at(-1)?.actor?.id);
  const close = () => conflicts.open(null);
  const { seen, present, verb, again } = conflict;
  return (
    <Modal
      opened
      onClose={close}
      title={t('conflict.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text size="sm">{who ? t('conflict.who', { name: who }) : t('conflict.lead')}</Text>
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
            {t('conflict.keepTheirs')}
          </Button>
          {again && (
            <Button
              color="red.9"
              onClick={() => {
                close();
                void again();
              }}
            >
              {t('conflict.doMine', { action: t(`event.${verb}`) })}
            </Button>
          )}
        </Group>
        {!again && <Text size="sm">{t('conflict.impossible')}</Text>}
      </Stack>
    </Modal>
  );
}
