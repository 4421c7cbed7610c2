import type { ArrivalEvidence, FenceMemory } from '../field/arrival-fence.js';
import { forgetArrival } from '../field/arrival-fence.js';
import type { VisitEvidence } from '../proof/evidence-strength.js';
import { edgeOf, type JobEvent, type JobState } from './job-states.js';

/** The fields of a job that change with its state. */
export interface JobProgress {
  state: JobState;
  stateSince: Date;
  workerId: string | null;
  heldBy: string[];
  failReason: string | null;
  cancelReason: string | null;
  pausedFrom: JobState | null;
  assignedAt: Date | null;
  departedAt: Date | null;
  arrivedAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
  closedAt: Date | null;
  undoUntil: Date | null;
  arrival: ArrivalEvidence | null;
  fence: FenceMemory | null;
  evidence: VisitEvidence | null;
  proofRefused: object | null;
}

export interface Step {
  event: JobEvent;
  to: JobState;
  /** When it happened; never before the job's last change nor after now. */
  at: Date;
  reason: string | null;
  workerId: string | null;
  arrival: ArrivalEvidence | null;
  /** For a completion: the evidence of the visit. */
  evidence: VisitEvidence | null;
  undoSeconds: number;
  now: Date;
}

const UNTOUCHED = {
  assignedAt: null,
  departedAt: null,
  arrivedAt: null,
  startedAt: null,
  pausedFrom: null,
  arrival: null,
  fence: null,
  evidence: null,
  proofRefused: null,
} satisfies Partial<JobProgress>;

/** Field changes of an event, without the version. A job that returns to the search keeps no trace of the visit. */
export function transitionAfter(job: JobProgress, step: Step): Partial<JobProgress> {
  const { event, at } = step;
  const change: Partial<JobProgress> = { state: step.to, stateSince: at };
  const { holder } = edgeOf(event);
  if (holder === 'clear') Object.assign(change, UNTOUCHED, { workerId: null, failReason: null });
  if (holder === 'set') {
    Object.assign(change, UNTOUCHED, { workerId: step.workerId, assignedAt: at });
    if (step.workerId && !job.heldBy.includes(step.workerId)) change.heldBy = [...job.heldBy, step.workerId];
  }
  switch (event) {
    case 'depart':
      return { ...change, departedAt: at };
    case 'arrive':
      return { ...change, arrivedAt: at, arrival: step.arrival, departedAt: job.departedAt ?? at };
    case 'undo_arrive':
      return {
        ...change,
        arrivedAt: null,
        arrival: null,
        fence: forgetArrival(job.fence, step.now.getTime()),
      };
    case 'start':
      return { ...change, startedAt: job.startedAt ?? at };
    case 'pause':
      return { ...change, pausedFrom: job.state };
    case 'resume':
      return { ...change, pausedFrom: null };
    case 'complete':
      return {
        ...change,
        completedAt: at,
        evidence: step.evidence,
        proofRefused: null,
        // Counted from when the server received it, so that phones that were offline have the whole window.
        undoUntil: new Date(step.now.getTime() + step.undoSeconds * 1_000),
      };
    case 'undo_complete':
      return { ...change, completedAt: null, undoUntil: null, evidence: null };
    case 'fail':
      return { ...change, failReason: step.reason, pausedFrom: null };
    case 'cancel':
      return { ...change, cancelReason: step.reason, pausedFrom: null };
    case 'close':
      return { ...change, closedAt: at, undoUntil: null };
    default:
      return change;
  }
}
