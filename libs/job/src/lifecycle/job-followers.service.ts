import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import type { Job } from './job.entity.js';
import type { JobEvent } from './job-states.js';

/** One step of a job through the state table. */
export interface JobStep {
  before: Job;
  after: Job;
  event: JobEvent;
  reason: string | null;
}

/** What an editor asks to happen to the visit that was promised for the job. */
export interface VisitRequest {
  /** The warnings were seen. */
  force: boolean;
  /** `release`: the worker is let go and the job is searched for anew. */
  visit: 'follow' | 'release';
  /** When the worker sets off; absent: worked out. */
  visitStartsAt?: Date;
}

export interface JobChange {
  before: Job;
  after: Job;
  /** Names of the fields that differ. */
  fields: readonly string[];
  request: VisitRequest;
}

export interface VisitTimes {
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
}

/** What becomes of a promised visit when its job changes. */
export interface VisitEffect {
  assignmentId: string;
  workerId: string;
  change: 'same' | 'retimed' | 'released';
  from: VisitTimes;
  /** null: the visit is released. */
  to: VisitTimes | null;
  /** Seconds after the promised window. */
  lateSeconds: number;
  /** The worker's stops before and after it; null when the visit is released. */
  day: {
    after: { jobId: string; until: Date } | null;
    before: { jobId: string; arrivesAt: Date; laterSeconds: number } | null;
  } | null;
}

export interface ChangeEffect {
  /** Rules that no dispatcher can overrule: the change is refused. */
  refusals: string[];
  /** Rules that a dispatcher may overrule with `force`. */
  warnings: string[];
  visit: VisitEffect | null;
  /** Pending offers that were made for the job as it was. */
  withdrawnOffers: number;
}

/** A later stage whose rows must change in the transaction that changes the job. */
export interface JobFollower {
  /** These jobs are new. */
  created(tx: Tx, jobs: readonly Job[]): Promise<void>;
  /** The job took a step. */
  stepped(tx: Tx, step: JobStep): Promise<void>;
  /** What a change would do. Saves nothing. */
  foresee(tx: Tx, change: JobChange): Promise<ChangeEffect>;
  /** The change is saved, and `foresee` did not refuse it. */
  changed(tx: Tx, change: JobChange): Promise<void>;
}

const NOTHING: ChangeEffect = { refusals: [], warnings: [], visit: null, withdrawnOffers: 0 };

/**
 * Where later stages register what must never lag behind a job. Everything else they learn from facts. A follower runs
 * inside the job's transaction, so what it cannot do refuses the step or the change itself. See docs/adr/0008.
 */
@Injectable()
export class JobFollowersService {
  private follower: JobFollower | null = null;

  /** Called by dispatch from `onModuleInit`. */
  register(follower: JobFollower): void {
    if (this.follower) throw new Error('jobs have a follower already');
    this.follower = follower;
  }

  async created(tx: Tx, jobs: readonly Job[]): Promise<void> {
    await this.follower?.created(tx, jobs);
  }

  async stepped(tx: Tx, step: JobStep): Promise<void> {
    await this.follower?.stepped(tx, step);
  }

  async foresee(tx: Tx, change: JobChange): Promise<ChangeEffect> {
    return (await this.follower?.foresee(tx, change)) ?? NOTHING;
  }

  async changed(tx: Tx, change: JobChange): Promise<void> {
    await this.follower?.changed(tx, change);
  }
}
