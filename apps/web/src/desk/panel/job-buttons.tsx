import { Group, Menu } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { withTexts } from '../../i18n';
import { useMe } from '../../session/use-session';
import { useStore } from '../../store/use-store';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { OnlineButton } from '../../ui/online-button';
import { cancel, release, step } from '../actions/job-actions';
import { mayChange, stepsFor } from '../actions/job-verbs';
import { openJob } from '../actions/open-job';
import { ReasonDialog } from '../actions/reason-dialog';
import type { DeskStep } from '../actions/send-verb';

const ChangeJob = lazyWithRetry(() => withTexts(import('../change/change-job'), 'call'));

/** Said by a worker on the telephone: behind the menu. */
const FIELD: ReadonlySet<JobEvent> = new Set([
  'depart',
  'arrive',
  'undo_arrive',
  'start',
  'pause',
  'resume',
  'complete',
  'undo_complete',
  'fail',
]);

/** The buttons that the server's own state table allows now. */
export function JobButtons({ job }: { job: Job }) {
  const { t } = useTranslation('desk');
  const { role } = useMe();
  const { asking, changing } = useStore(openJob, (open) => (open?.jobId === job.id ? open : null)) ?? {};
  const events = stepsFor(job, role);
  const direct = events.filter((event) => !FIELD.has(event));
  const told = events.filter((event) => FIELD.has(event));
  const withReason = (event: DeskStep, reason: string) => {
    openJob.closeReason();
    if (event === 'cancel') cancel(job, reason);
    else if (event === 'release') void release(job, reason);
    else void step(job, event, reason);
  };
  const may = mayChange(job);
  useEffect(() => openJob.show(job.id), [job.id]);
  useHotkeys([
    ['E', () => openJob.change(job, 'all')],
    ['R', () => openJob.change(job, 'time')],
  ]);
  if (events.length === 0 && !may.all) return null;
  return (
    <Group gap="xs" mt="sm">
      {may.time && (
        <OnlineButton size="xs" variant="default" onClick={() => openJob.change(job, 'time')}>
          {t('action.reschedule')}
        </OnlineButton>
      )}
      {may.all && (
        <OnlineButton size="xs" variant="default" onClick={() => openJob.change(job, 'all')}>
          {t('action.edit')}
        </OnlineButton>
      )}
      {direct.map((event) => (
        <OnlineButton
          key={event}
          size="xs"
          variant={event === 'cancel' ? 'subtle' : 'default'}
          color={event === 'cancel' ? 'red' : undefined}
          onClick={() => openJob.fire(job, event)}
        >
          {t(`event.${event}`)}
        </OnlineButton>
      ))}
      {told.length > 0 && (
        <Menu>
          <Menu.Target>
            <OnlineButton size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
              {t('action.told')}
            </OnlineButton>
          </Menu.Target>
          <Menu.Dropdown>
            {told.map((event) => (
              <Menu.Item key={event} onClick={() => openJob.fire(job, event)}>
                {t(`event.${event}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {changing && (
        <LazyBoundary dialog>
          <ChangeJob key={changing} job={job} what={changing} onClose={openJob.closeForm} />
        </LazyBoundary>
      )}
      {asking && (
        <ReasonDialog
          event={asking}
          onClose={openJob.closeReason}
          onReason={(reason) => withReason(asking, reason)}
        />
      )}
    </Group>
  );
}
