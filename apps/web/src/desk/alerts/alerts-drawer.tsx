import { ActionIcon, Badge, Button, Drawer, Group, Menu, Paper, Stack, Switch, Text } from '@mantine/core';
import { IconBellZ, IconCheck, IconChecks } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../api/call';
import { queryClient } from '../../api/query-client';
import type { DeskAlert } from '../../api/types';
import { useNow } from '../../live/use-live';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { ago } from '../../ui/format';
import { lazyPart, Part } from '../../ui/part';
import { toaster } from '../../ui/toaster';
import { Waiting } from '../../ui/waiting';
import { world } from '../../world/world';
import { wordsOf } from '../actions/job-actions';
import { setSound, soundIsOn } from './chime';
import { useAlerts } from './use-alerts';

const ConflictInbox = lazyPart(() => import('./conflict-inbox'));

const SNOOZES_MINUTES = [15, 60, 240];

export default function AlertsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk');
  const { alerts, isPending, error, refetch } = useAlerts();
  const [sound, chooseSound] = useState(soundIsOn);
  const now = useNow(10_000);
  const awake = alerts.filter((alert) => alert.state === 'open');
  const resting = alerts.filter((alert) => alert.state !== 'open');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={400}
      title={t('alerts.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="sm">
        <Switch
          size="xs"
          label={t('alerts.sound')}
          checked={sound}
          onChange={(e) => {
            setSound(e.currentTarget.checked);
            chooseSound(e.currentTarget.checked);
          }}
        />
        {isPending && <Waiting />}
        {error && alerts.length === 0 && <Failure error={error} retry={() => void refetch()} />}
        {!isPending && !error && awake.length === 0 && (
          <Empty icon={<IconChecks />} title={t('alerts.none')} text={t('alerts.noneText')} />
        )}
        {awake.map((alert) => (
          <AlertCard key={alert.key} alert={alert} now={now} onJump={onClose} />
        ))}
        {resting.length > 0 && (
          <Text size="xs" c="dimmed" fw={600} mt="sm">
            {t('alerts.resting', { count: resting.length })}
          </Text>
        )}
        {resting.map((alert) => (
          <AlertCard key={alert.key} alert={alert} now={now} onJump={onClose} resting />
        ))}
      </Stack>
    </Drawer>
  );
}

interface CardProps {
  alert: DeskAlert;
  now: number;
  resting?: boolean;
  onJump: () => void;
}

/** Where it leads: the job it is about, or the worker. */
function subjectOf({ jobId, workerId }: DeskAlert): { label: string; search: string } {
  if (jobId) return { label: world.jobs.get(jobId)?.address ?? '', search: `job=${jobId}` };
  return { label: world.workers.get(workerId)?.name ?? '', search: `tab=workers&worker=${workerId}` };
}

const EMERGENCY_PRIORITY = 80;
const isCritical = ({ jobId, kind }: DeskAlert): boolean =>
  kind === 'unfulfilled' || (world.jobs.get(jobId)?.priority ?? 0) >= EMERGENCY_PRIORITY;

function AlertCard({ alert, now, resting, onJump }: CardProps) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const [deciding, setDeciding] = useState(false);
  const { label, search } = subjectOf(alert);
  const answer = useMutation({
    mutationFn: ({ verb, minutes }: { verb: 'ack' | 'snooze'; minutes?: number }) =>
      call('POST', `/alerts/${encodeURIComponent(alert.key)}/${verb}`, {
        body: minutes ? { seconds: minutes * 60 } : {},
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['alerts'] }),
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  return (
    <Paper withBorder p="sm" opacity={resting ? 0.7 : 1}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          {t(`alerts.kind.${alert.kind}`)}
        </Text>
        {isCritical(alert) && (
          <Badge color="red" size="sm">
            {t('alerts.critical')}
          </Badge>
        )}
      </Group>
      <Text size="sm">{label}</Text>
      <Text size="xs" c="dimmed">
        {t('alerts.since', { time: ago(alert.since, now) })}
      </Text>
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            onJump();
            navigate(`/?${search}`);
          }}
        >
          {t('alerts.jump')}
        </Button>
        {alert.kind === 'conflict' && (
          <Button size="compact-sm" variant="light" onClick={() => setDeciding(true)}>
            {t('inbox.decide')}
          </Button>
        )}
        {!resting && (
          <>
            <ActionIcon
              variant="subtle"
              size="md"
              aria-label={t('alerts.acknowledge')}
              onClick={() => answer.mutate({ verb: 'ack' })}
            >
              <IconCheck size={18} />
            </ActionIcon>
            <Menu>
              <Menu.Target>
                <ActionIcon variant="subtle" size="md" aria-label={t('alerts.snooze')}>
                  <IconBellZ size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {SNOOZES_MINUTES.map((minutes) => (
                  <Menu.Item key={minutes} onClick={() => answer.mutate({ verb: 'snooze', minutes })}>
                    {t('alerts.minutes', { count: minutes })}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
      {deciding && (
        <Part dialog>
          <ConflictInbox
            conflictId={alert.key.slice(alert.key.indexOf(':') + 1)}
            onClose={() => setDeciding(false)}
          />
        </Part>
      )}
    </Paper>
  );
}
