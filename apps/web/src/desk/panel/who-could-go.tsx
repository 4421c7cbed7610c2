import { EMERGENCY_PRIORITY } from '#kernel';
import { OPEN_STATES } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { Candidates } from './candidates';

const Responders = lazyWithRetry(() => import('./responders'));

/** For an emergency that nobody has: who is there first. For everything else: who fits best. */
export function WhoCouldGo({ job, mayAct }: { job: Job; mayAct: boolean }) {
  const isOpen = OPEN_STATES.includes(job.state) || job.state === 'unfulfilled';
  if (job.priority < EMERGENCY_PRIORITY || !isOpen) return <Candidates job={job} mayAct={mayAct} />;
  return (
    <LazyBoundary>
      <Responders job={job} mayAct={mayAct} />
    </LazyBoundary>
  );
}
