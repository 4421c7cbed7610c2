import { useTranslation } from 'react-i18next';
import type { JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { BottomSheet, Choice } from '../bottom-sheet';
import { nextStep, otherEvents } from '../state/next-step';
import { usePhone, visitOf } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import type { Tool } from './job-tools';

/** Steps that need words first, and where those are asked for. */
const ASKS: Partial<Record<JobEvent, Tool>> = { pause: 'pause', fail: 'fail', release: 'release' };

/** Everything that is not the next step. */
export function MoreSheet({
  job,
  opened,
  open,
}: {
  job: Job;
  opened: boolean;
  open: (tool: Tool | null) => void;
}) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const events = otherEvents(job, nextStep(job, visitOf(state, job)));
  const atWork = job.state === 'arrived' || job.state === 'in_progress' || job.state === 'paused';
  const tools: Tool[] = atWork ? ['ways', 'scan', 'photo', 'signature', 'note'] : ['ways', 'scan', 'note'];
  const fire = (event: JobEvent) => {
    const asks = ASKS[event];
    open(asks ?? null);
    if (!asks) void attempt(() => phone.act(job, event));
  };
  return (
    <BottomSheet opened={opened} onClose={() => open(null)} title={t('more.title')}>
      {tools.map((tool) => (
        <Choice key={tool} onClick={() => open(tool)}>
          {t(`more.tool.${tool}`)}
        </Choice>
      ))}
      {events.map((event) => (
        <Choice
          key={event}
          onClick={() => fire(event)}
          {...(event === 'fail' ? { color: 'red', variant: 'light' } : {})}
        >
          {t(`more.event.${event}`)}
        </Choice>
      ))}
    </BottomSheet>
  );
}
