import type { Job } from '../../api/types';
import type { DeskVerb } from './after-conflict';

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

let current: ActionConflict | null = null;
const listeners = new Set<() => void>();

/** The one conflict that waits for a dispatcher's choice. */
export const conflicts = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  open(conflict: ActionConflict | null): void {
    current = conflict;
    for (const listener of listeners) listener();
  },
};
