import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import { useSend } from '../../api/use-send';
import { businessClock } from '../../live/business-clock';
import { useJob, useWorker } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { OnlineButton } from '../../ui/online-button';
import { PageSpinner } from '../../ui/page-spinner';
import { StateBadge } from '../../ui/state-badge';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';

const CHOICES = ['apply', 'note', 'discard'] as const;
type Choice = (typeof CHOICES)[number];

/** A step that a phone recorded without a line and that no longer fits: what it was, what is now, and what to do with it. */
export default function ConflictInbox({ conflictId, onClose }: { conflictId: string; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const [choice, setChoice] = useState<Choice>('apply');
  const [reason, setReason] = useState('');
  const { data, error } = useQuery({
    queryKey: ['conflict', conflictId],
    queryFn: () => api.get('/conflicts/{id}', { path: { id: conflictId } }),
    staleTime: 0,
  });
  const worker = useWorker(data?.workerId);
  const job = useJob(data?.jobId);
  const send = (key: string) =>
    api.post('/conflicts/{id}/resolve', {
      path: { id: conflictId },
      key,
      version: data?.version,
      body: { choice, andFollowing: true, ...(reason.trim() ? { reason: reason.trim() } : {}) },
    });
  const settle = useSend(send, {
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['alerts'] });
      toaster.show(t('inbox.settled'));
      onClose();
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {error && <Failure error={error} />}
      {!data && !error && <PageSpinner />}
      {data && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            settle.send();
          }}
        >
          <Stack>
            <Text size="sm">
              {t('inbox.what', {
                worker: worker?.name ?? '–',
                step: t(`event.${data.kind}`, { defaultValue: data.kind }),
                time: clockTime(data.occurredAt, businessClock.now()),
              })}
            </Text>
            <Text size="sm">{job && jobName(job)}</Text>
            {job && (
              <Group gap="xs">
                <Text size="sm">{t('inbox.now')}</Text>
                <StateBadge state={job.state} />
              </Group>
            )}
            <Text size="xs" c="dimmed">
              {t(`inbox.why.${data.code}`, { defaultValue: data.detail })}
            </Text>
            <Radio.Group
              label={t('inbox.choose')}
              value={choice}
              onChange={(value) => setChoice(value as Choice)}
            >
              <Stack gap="xs" mt="xs">
                {CHOICES.map((one) => (
                  <Radio key={one} value={one} label={t(`inbox.choice.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
            {choice === 'discard' && (
              <Textarea
                label={t('reason.label')}
                required
                maxLength={500}
                value={reason}
                onChange={(e) => setReason(e.currentTarget.value)}
              />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:back')}
              </Button>
              <OnlineButton
                type="submit"
                loading={settle.isPending}
                disabled={choice === 'discard' && !reason.trim()}
              >
                {t('inbox.settle')}
              </OnlineButton>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
