import { Injectable } from '@nestjs/common';
import { Conflict } from '#kernel';
import type { Tx } from '#platform';

/** A visit that a worker is promised to, as a later stage knows it. */
export interface PromisedVisit {
  assignmentId: string;
  jobId: string;
  /** The state of its job. */
  state: string;
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
  skills: readonly { skill: string; level?: number }[];
  equipment: readonly string[];
  /** The only one in which the customer can be spoken with; null: any. */
  language: string | null;
}

/**
 * What becomes of promised visits that a worker can no longer make: `ask` refuses the change with the list, `release` lets
 * them go in the same transaction, `keep` leaves them, and the desk is alerted.
 */
export const VISIT_CHOICES = ['ask', 'release', 'keep'] as const;
export type VisitChoice = (typeof VISIT_CHOICES)[number];

/** A later stage whose rows must change in the transaction that changes the worker (docs/adr/0008). */
export interface WorkerFollower {
  /** Everything the worker still holds, in order. */
  upcoming(tx: Tx, workerId: string): Promise<PromisedVisit[]>;
  /** Lets visits go that have not begun. */
  release(tx: Tx, workerId: string, visits: readonly PromisedVisit[], reason: string): Promise<void>;
  /** Pending offers to the worker go on to others. */
  withdrawOffers(tx: Tx, workerId: string, reason: string): Promise<void>;
}

const MAX_NAMED = 100;
const RELEASABLE = ['assigned', 'en_route'];

/** Keeps what workers are promised to in step with when they can come. */
@Injectable()
export class PromisedVisitsService {
  private follower: WorkerFollower | null = null;

  /** Called by dispatch from `onModuleInit`. */
  register(follower: WorkerFollower): void {
    if (this.follower) throw new Error('workers have a follower already');
    this.follower = follower;
  }

  /**
   * Settles the visits that `isLost` names. @returns those that stay: under way, or kept on purpose.
   * @throws Conflict PROMISED_VISITS with the visits when the choice is `ask` and there are any.
   */
  async settle(
    tx: Tx,
    workerId: string,
    how: { isLost: (visit: PromisedVisit) => boolean; choice: VisitChoice; reason: string },
  ): Promise<PromisedVisit[]> {
    const lost = (await this.upcoming(tx, workerId)).filter(how.isLost);
    if (lost.length === 0) return [];
    if (how.choice === 'ask')
      throw new Conflict(
        'PROMISED_VISITS',
        `${lost.length === 1 ? 'A visit is' : `${lost.length} visits are`} promised for that time. Release them, or keep them on purpose.`,
        { visits: lost.slice(0, MAX_NAMED).map(named), count: lost.length },
      );
    if (how.choice === 'keep') return lost;
    const free = lost.filter(({ state }) => RELEASABLE.includes(state));
    await this.follower?.release(tx, workerId, free, how.reason);
    return lost.filter((visit) => !free.includes(visit));
  }

  async upcoming(tx: Tx, workerId: string): Promise<PromisedVisit[]> {
    return (await this.follower?.upcoming(tx, workerId)) ?? [];
  }

  async withdrawOffers(tx: Tx, workerId: string, reason: string): Promise<void> {
    await this.follower?.withdrawOffers(tx, workerId, reason);
  }
}

const named = ({ assignmentId, jobId, state, startsAt, endsAt }: PromisedVisit) => ({
  assignmentId,
  jobId,
  state,
  startsAt,
  endsAt,
});
