import { HELD_STATES, nextState } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import type { DeskVerb } from './send-verb';

interface Wanted {
  verb: DeskVerb;
  /** Whom the job was meant for. */
  workerId?: string;
  /** What the job was meant to become. */
  state?: Job['state'];
}

/**
 * What is left of a wish once somebody else was quicker: `already` when it has come about, the verb that would still
 * bring it about, or null when none does.
 */
export function afterConflict(wanted: Wanted, present: Job): 'already' | DeskVerb | null {
  const { verb, workerId, state } = wanted;
  const toWorker = verb === 'assign' || verb === 'reassign';
  if (toWorker && present.workerId === workerId && HELD_STATES.includes(present.state)) return 'already';
  // Offering says nothing of whom: it may be somebody else who is asked.
  if (!toWorker && verb !== 'offer' && present.state === state) return 'already';
  if (verb === 'reassign') return mayChangeHands(present) ? 'reassign' : null;
  if (nextState(present, verb)) return verb;
  return verb === 'assign' && mayChangeHands(present) ? 'reassign' : null;
}

/** Reassigning is a release and an assignment in one step. */
const mayChangeHands = (job: Job): boolean =>
  nextState(job, 'assign') !== null || nextState(job, 'release') !== null;
