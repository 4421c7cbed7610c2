import { Group, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { edgeOf, eventsFor, type JobActor, type JobEvent } from '#job-rules/job-states';
import type { Job } from '../../api/types';
import { useMe } from '../../session/use-session';
import { LineButton } from '../../ui/line-button';
import { cancel, release, step } from '../actions/job-actions';
import { ELSEWHERE, jobVerbs } from '../actions/job-verbs';
import { ReasonDialog } from '../actions/reason-dialog';

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
  useEffect(() => {
    jobVerbs.fire = fire;
    return () => {
      jobVerbs.fire = null;
    };
  });
  if (events.length === 0) return null;
  return (
    <Group gap="xs" mt="sm">
      {direct.map((event) => (
        <LineButton
          key={event}
          size="xs"
          variant={event === 'cancel' ? 'subtle' : 'default'}
          color={event === 'cancel' ? 'red' : undefined}
          onClick={() => fire(event)}
        >
          {t(`event.${event}`)}
        </LineButton>
      ))}
      {told.length > 0 && (
        <Menu>
          <Menu.Target>
            <LineButton size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
              {t('action.told')}
            </LineButton>
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
