import { eventsFor, type JobEvent, type JobPosture, OPEN_STATES } from '#libs/job/src/lifecycle/job-states';
import type { ProofKind } from '../../offline/entry';

/** The one thing to do now: a verb of the state table, or what it still waits for. */
export type NextStep =
  | { type: 'event'; event: JobEvent }
  | { type: 'proof'; kind: ProofKind }
  | { type: 'checklist'; left: number };

/** From what is nearest to the end of a visit to its beginning; the table says which of them are possible. */
const FORWARD: readonly JobEvent[] = ['depart', 'arrive', 'start', 'resume', 'complete'];

export interface Visit {
  proofRequired: readonly string[];
  proved: readonly string[];
  checklist: readonly { text: string; required?: boolean }[];
  ticked: readonly number[];
}

const PROOF_ORDER: readonly ProofKind[] = ['scan', 'photo', 'note', 'signature'];

const missingProof = ({ proofRequired, proved }: Visit): ProofKind[] =>
  PROOF_ORDER.filter((kind) => proofRequired.includes(kind) && !proved.includes(kind));

const ticksLeft = ({ checklist, ticked }: Visit): number =>
  checklist.filter((line, i) => line.required !== false && !ticked.includes(i)).length;

/** No longer this worker's, though the server may not have heard of it yet. */
export const isGivenBack = ({ state }: JobPosture): boolean => OPEN_STATES.includes(state);

/** Null: nothing is to be done here by the worker. */
export function nextStep(job: JobPosture, visit: Visit): NextStep | null {
  const possible = eventsFor(job, 'worker');
  const event = FORWARD.find((one) => possible.includes(one));
  if (!event) return null;
  if (event !== 'complete') return { type: 'event', event };
  const left = ticksLeft(visit);
  if (left > 0) return { type: 'checklist', left };
  const [kind] = missingProof(visit);
  return kind ? { type: 'proof', kind } : { type: 'event', event };
}

/** Everything else that is possible, for the sheet behind "more". `assign` and `release` are no steps of a visit. */
export function otherEvents(job: JobPosture, step: NextStep | null): JobEvent[] {
  const taken = step?.type === 'event' ? step.event : null;
  return eventsFor(job, 'worker').filter(
    (event) => event !== taken && !['assign', 'complete', 'undo_complete'].includes(event),
  );
}
