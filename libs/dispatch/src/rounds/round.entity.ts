import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Draw } from '#matching';
import type { PolicyVersions } from '../policies/effective-policy.js';

/** How often an area asked for a round, how many of these are answered, and when it last had one. */
@Entity('dispatch_areas')
export class DispatchArea {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @PrimaryColumn('uuid', { name: 'area_id' }) areaId: string;
  @Column('bigint', { default: 0 }) wanted: string;
  @Column('bigint', { default: 0 }) done: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'ran_at', nullable: true }) ranAt: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'ran_wall_at', nullable: true }) ranWallAt: Date | null;
  /** Where the next round begins, in the order of the jobs that are due. */
  @Column('integer', { name: 'next_from', default: 0 }) nextFrom: number;
  /** How many jobs that are due the last round did not look at. */
  @Column('integer', { name: 'left_out', default: 0 }) leftOut: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'left_since', nullable: true }) leftSince: Date | null;
}

/** One look at all open jobs of an area. */
@Entity('dispatch_rounds')
@Index('dispatch_rounds_at', { synchronize: false })
export class DispatchRound {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'area_id' }) areaId: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  @Column('text') method: string;
  @Column('integer', { name: 'jobs_open' }) jobsOpen: number;
  @Column('integer', { name: 'workers_seen' }) workersSeen: number;
  @Column('integer', { name: 'offers_made' }) offersMade: number;
  @Column('double precision', { name: 'took_ms' }) tookMs: number;
}

/** The last look at one job: every candidate with the numbers that let it in or kept it out. */
@Entity('job_evaluations')
export class JobEvaluation {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @PrimaryColumn('uuid', { name: 'job_id' }) jobId: string;
  @Column('uuid', { name: 'round_id' }) roundId: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  @Column('text') method: string;
  @Column('text') summary: string;
  @Column('integer') eligible: number;
  @Column('jsonb') candidates: StoredCandidate[];
  @Column('jsonb', { name: 'decided_by', default: () => "'{}'" }) decidedBy: Partial<DecidedBy>;
}

/** What a choice rests on besides the candidates. */
export interface DecidedBy {
  policy: PolicyVersions;
  /** Only for a random choice. */
  draw?: Draw;
}

/** A stored candidate: the rules that failed (empty if eligible), their position and rank. */
export interface StoredCandidate {
  workerId: string;
  name: string;
  eligible: boolean;
  /** 1 = first choice; null when not eligible. */
  rank: number | null;
  distanceMetres: number | null;
  travelSeconds: number | null;
  /** Points by the soft rules; null when not eligible. */
  score: number | null;
  /** The sum behind `score`; empty when not eligible. */
  terms: { term: string; raw: number; unit: string; weight: number; points: number }[];
  /** `OUT_OF_RADIUS 3412 > 3000 m` and the like. */
  reasons: string[];
}
