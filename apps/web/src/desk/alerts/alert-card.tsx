import { Badge, Button, Group, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EMERGENCY_PRIORITY } from '#kernel';
import type { DeskAlert } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { ago, duration } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { OnlineButton } from '../../ui/online-button';
import { jobAddress, mapAddress, workerAddress } from '../view/saved-pages';
import classes from './alerts.module.css';

const ConflictInbox = lazyWithRetry(() => import('./conflict-inbox'));

const SNOOZES_MINUTES = [15, 60, 240];
const ofSystem = ({ kind }: DeskAlert): boolean =>
  kind === 'fact_parked' || kind === 'log_stalled' || kind === 'log_broken' || kind === 'alerts_incomplete';
export const isCritical = ({ jobId, kind }: DeskAlert): boolean =>
  kind === 'unfulfilled' || (entityStore.jobs.get(jobId)?.priority ?? 0) >= EMERGENCY_PRIORITY;

/** Where it leads: the job it is about, the worker, or the set-up page of the system. */
function subjectOf(alert: DeskAlert): { label: string; to: string } {
  const { jobId, workerId, areaId, detail } = alert;
  if (ofSystem(alert)) return { label: detail, to: '/setup/system' };
  const job = entityStore.jobs.get(jobId);
  if (jobId) return { label: job ? jobName(job) : '', to: jobAddress(jobId) };
  if (!workerId) return { label: entityStore.areas.get(areaId)?.name ?? '', to: mapAddress({ tab: 'jobs' }) };
  return { label: entityStore.workers.get(workerId)?.name ?? '', to: workerAddress(workerId) };
}

interface Props {
  alert: DeskAlert;
  now: number;
  onJump: (to: string) => void;
  onSeen: () => void;
  onSnooze: (minutes: number) => void;
  onReopen: () => void;
}

export function AlertCard({ alert, now, onJump, onSeen, onSnooze, onReopen }: Props) {
  const { t } = useTranslation('desk');
  const [deciding, setDeciding] = useState(false);
  const { label, to } = subjectOf(alert);
  const resting = alert.state !== 'open';
  const time = alert.kind === 'arrival_at_risk' ? duration(alert.seconds, 'narrow') : ago(alert.since, now);
  return (
    <li className={classes.card}>
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        {isCritical(alert) && (
          <Badge color="red" size="sm" flex="none">
            {t('alerts.critical')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="var(--ink-soft)" className="tnum">
        {resting && `${t(`alerts.kind.${alert.kind}`)} · ${t(`alerts.is.${alert.state}`)} · `}
        {alert.kind === 'cannot_come'
          ? t(`alerts.why.${alert.detail}`)
          : t(`alerts.since.${alert.kind}`, { time, count: Number(alert.detail) || 0 })}
      </Text>
      <Group gap={6} mt={4}>
        <Button size="compact-sm" variant="light" onClick={() => onJump(to)}>
          {t('alerts.jump')}
        </Button>
        {alert.kind === 'conflict' && (
          <Button size="compact-sm" variant="light" onClick={() => setDeciding(true)}>
            {t('inbox.decide')}
          </Button>
        )}
        {resting ? (
          <OnlineButton size="compact-sm" variant="subtle" onClick={onReopen}>
            {t('alerts.reopen')}
          </OnlineButton>
        ) : (
          <>
            <OnlineButton size="compact-sm" variant="subtle" data-seen={alert.key} onClick={onSeen}>
              {t('alerts.acknowledge')}
            </OnlineButton>
            <Menu>
              <Menu.Target>
                <Button size="compact-sm" variant="subtle">
                  {t('alerts.snooze')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {SNOOZES_MINUTES.map((minutes) => (
                  <Menu.Item key={minutes} onClick={() => onSnooze(minutes)}>
                    {duration(minutes * 60)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
      {deciding && (
        <LazyBoundary dialog>
          <ConflictInbox
            conflictId={alert.key.slice(alert.key.indexOf(':') + 1)}
            onClose={() => setDeciding(false)}
          />
        </LazyBoundary>
      )}
    </li>
  );
}
