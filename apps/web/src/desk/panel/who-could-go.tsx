import { OPEN_STATES } from '#job-rules/job-states';
import { EMERGENCY_PRIORITY } from '#kernel';
import type { Job } from '../../api/types';
import { lazyPart, Part } from '../../ui/part';
import { Candidates } from './candidates';

const Responders = lazyPart(() => import('./responders'));

/** For an emergency that nobody has: who is there first. For everything else: who fits best. */
export function WhoCouldGo({ job, mayAct }: { job: Job; mayAct: boolean }) {
  const isOpen = OPEN_STATES.includes(job.state) || job.state === 'unfulfilled';
  if (job.priority < EMERGENCY_PRIORITY || !isOpen) return <Candidates job={job} mayAct={mayAct} />;
  return (
    <Part>
      <Responders job={job} mayAct={mayAct} />
    </Part>
  );
}
