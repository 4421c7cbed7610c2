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
  /** Without their terms, which stand in `terms`; `storedCandidates` puts both together. */
  @Column('jsonb') candidates: PackedCandidate[];
  @Column('jsonb', { nullable: true }) terms: PackedTerms | null;
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

type Term = StoredCandidate['terms'][number];

/** As written down until the terms had a column of their own: with them. */
export type PackedCandidate = Omit<StoredCandidate, 'terms'> & Partial<Pick<StoredCandidate, 'terms'>>;

/** The terms of all candidates of a job: what is the same for everybody once, and the numbers of each. */
export interface PackedTerms {
  columns: Pick<Term, 'term' | 'unit' | 'weight'>[];
  /** For each candidate raw value and points of every column; empty for those who are not eligible. */
  rows: number[][];
}

/** A hundred candidates with eight terms each are 80 kB as objects, 25 kB like this. */
export function packCandidates(candidates: readonly StoredCandidate[]): {
  candidates: PackedCandidate[];
  terms: PackedTerms;
} {
  const first = candidates.find(({ terms }) => terms.length > 0)?.terms ?? [];
  return {
    candidates: candidates.map(({ terms: _, ...candidate }) => candidate),
    terms: {
      columns: first.map(({ term, unit, weight }) => ({ term, unit, weight })),
      rows: candidates.map(({ terms }) => terms.flatMap(({ raw, points }) => [raw, points])),
    },
  };
}

/** The candidates of an evaluation as they were judged. */
export function storedCandidates({ candidates, terms }: JobEvaluation): StoredCandidate[] {
  return candidates.map((candidate, i) => ({
    ...candidate,
    terms: candidate.terms ?? termsOf(terms?.columns ?? [], terms?.rows[i] ?? []),
  }));
}

const termsOf = (columns: PackedTerms['columns'], row: readonly number[]): Term[] =>
  row.length === 0
    ? []
    : columns.map(({ term, unit, weight }, i) => ({
        term,
        raw: row[2 * i]!,
        unit,
        weight,
        points: row[2 * i + 1]!,
      }));
