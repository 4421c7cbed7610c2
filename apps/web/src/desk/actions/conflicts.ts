import type { Job } from '../../api/types';
import { createStore } from '../../store/create-store';
import type { DeskVerb } from './send-verb';

export interface ActionConflict {
  /** The job as it was on this screen. */
  seen: Job;
  /** The job as it is. */
  present: Job;
  /** What would still bring about what was wanted; null when nothing does. */
  verb: DeskVerb | null;
  /** Whom the job was meant for. */
  workerId: string | null;
  /** Does it after all. */
  again: (() => Promise<boolean>) | null;
}

/** The one conflict that waits for a dispatcher's choice. */
export const conflicts = createStore<ActionConflict | null>(null);
