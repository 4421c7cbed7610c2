import { Group, Menu } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { edgeOf, eventsFor, type JobActor, type JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { useIsOffline } from '../../live/use-live';
import { useMe } from '../../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { cancel, release, step } from '../actions/job-actions';
import { ELSEWHERE, jobVerbs, mayChange } from '../actions/job-verbs';
import { ReasonDialog } from '../actions/reason-dialog';

const ChangeJob = lazyWithRetry(() => import('../change/change-job'));

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
  const [asking, setAsking] = useState<JobEvent | null>(null);
  const [changing, setChanging] = useState<'time' | 'all' | null>(null);
  const events = eventsFor(job, role as JobActor).filter((event) => !ELSEWHERE.has(event));
  const direct = events.filter((event) => !FIELD.has(event));
  const told = events.filter((event) => FIELD.has(event));
  const fire = (event: JobEvent) => {
    if (edgeOf(event).reason) setAsking(event);
    else void step(job, event);
  };
  const withReason = (event: JobEvent, reason: string) => {
    setAsking(null);
    if (event === 'cancel') cancel(job, reason);
    else if (event === 'release') void release(job, reason);
    else void step(job, event, reason);
  };
  const offline = useIsOffline();
  const may = mayChange(job);
  const change = (what: 'time' | 'all') => {
    if (offline) toaster.show(t('live.readOnly'), 'problem');
    // A form that is open keeps what was typed into it.
    else if (may[what] && !changing) setChanging(what);
  };
  useEffect(() => {
    jobVerbs.fire = fire;
    jobVerbs.change = change;
    return () => {
      jobVerbs.fire = null;
      jobVerbs.change = null;
    };
  });
  useHotkeys([
    ['E', () => change('all')],
    ['R', () => change('time')],
  ]);
  if (events.length === 0 && !may.all) return null;
  return (
    <Group gap="xs" mt="sm">
      {may.time && (
        <OnlineButton size="xs" variant="default" onClick={() => change('time')}>
          {t('action.reschedule')}
        </OnlineButton>
      )}
      {may.all && (
        <OnlineButton size="xs" variant="default" onClick={() => change('all')}>
          {t('action.edit')}
        </OnlineButton>
      )}
      {direct.map((event) => (
        <OnlineButton
          key={event}
          size="xs"
          variant={event === 'cancel' ? 'subtle' : 'default'}
          color={event === 'cancel' ? 'red' : undefined}
          onClick={() => fire(event)}
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
              <Menu.Item key={event} onClick={() => fire(event)}>
                {t(`event.${event}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {changing && (
        <LazyBoundary dialog>
          <ChangeJob key={changing} job={job} what={changing} onClose={() => setChanging(null)} />
        </LazyBoundary>
      )}
      {asking && (
        <ReasonDialog
          event={asking}
          onClose={() => setAsking(null)}
          onReason={(reason) => withReason(asking, reason)}
        />
      )}
    </Group>
  );
}
