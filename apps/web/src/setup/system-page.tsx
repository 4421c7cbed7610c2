import { Badge, Button, Group, Modal, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import type { ParkedFact } from '../api/types';
import { Failure } from '../ui/failure';
import { clockTime } from '../ui/format';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { FormError } from './parts/form-error';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

const COLOURS = { parked: 'red', retrying: 'yellow', waiting: 'gray' } as const;
const MAX_REASON = 500;

/** Facts that a handler could not apply: tried again, or left out with a reason. */
export default function SystemPage() {
  const { t } = useTranslation('setup');
  const [skipping, setSkipping] = useState<ParkedFact | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['parked-facts'],
    queryFn: () => api.getAll('/parked-facts'),
    staleTime: 0,
  });
  const keys = [['parked-facts'], ['alerts']];
  const retry = useSave((key, id: string) => api.post('/parked-facts/{id}/retry', { path: { id }, key }), {
    keys,
    says: t('system.retried'),
  });
  const now = Date.now();
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.system')} lead={t('system.lead')} />
      <FormError error={retry.error} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data?.length === 0 && <Text>{t('system.none')}</Text>}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('system.handler')}</Table.Th>
                <Table.Th>{t('system.event')}</Table.Th>
                <Table.Th>{t('system.state')}</Table.Th>
                <Table.Th>{t('system.since')}</Table.Th>
                <Table.Th>{t('system.error')}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.handler}</Table.Td>
                  <Table.Td className="tnum">
                    {one.type} · {one.seq}
                  </Table.Td>
                  <Table.Td>
                    <Badge color={COLOURS[one.state]} variant="light">
                      {t(`system.is.${one.state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td className="tnum">{clockTime(one.since, now)}</Table.Td>
                  <Table.Td>
                    {one.failures > 0 && (
                      <Text size="xs" c="dimmed">
                        {t('system.failures', { count: one.failures })}
                      </Text>
                    )}
                    <Text size="sm" lineClamp={3}>
                      {one.lastError ?? ''}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.state !== 'waiting' && (
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        <OnlineButton size="compact-sm" variant="light" onClick={() => retry.save(one.id)}>
                          {t('system.retry')}
                        </OnlineButton>
                        <Button
                          size="compact-sm"
                          color="red"
                          variant="subtle"
                          onClick={() => setSkipping(one)}
                        >
                          {t('system.skip')}
                        </Button>
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {skipping && <SkipDialog fact={skipping} keys={keys} onClose={() => setSkipping(null)} />}
    </div>
  );
}

/** It cannot be taken back, so it asks why. */
function SkipDialog({ fact, keys, onClose }: { fact: ParkedFact; keys: string[][]; onClose: () => void }) {
  const { t } = useTranslation('setup');
  const [reason, setReason] = useState('');
  const skip = useSave(
    (key) =>
      api.post('/parked-facts/{id}/skip', { path: { id: fact.id }, key, body: { reason: reason.trim() } }),
    {
      keys,
      says: t('system.skipped'),
      done: onClose,
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('system.skipTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!skip.busy) skip.save();
        }}
      >
        <Stack>
          <Text size="sm">{t('system.skipText', { ...fact })}</Text>
          <FormError error={skip.error} />
          <Textarea
            label={t('system.reason')}
            required
            maxLength={MAX_REASON}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('system.cancel')}
            </Button>
            <OnlineButton type="submit" color="red" loading={skip.busy} disabled={!reason.trim()}>
              {t('system.skip')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
