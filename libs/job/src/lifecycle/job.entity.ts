import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type ProofKind } from '#kernel';
import { oneOf } from '#platform';
import type { ArrivalEvidence, FenceMemory } from '../field/arrival-fence.js';
import type { VisitEvidence } from '../proof/evidence-strength.js';
import { JOB_STATES, type JobState } from './job-states.js';

export interface RequiredSkill {
  skill: string;
  /** 1..5; absent: any level. */
  level?: number;
}

/** Proof of this visit that was sent and not taken; nothing of that kind has come since. */
export interface RefusedProof {
  kind: ProofKind;
  at: string;
  /** Of the problem, with its words. */
  code: string;
  detail: string;
}

const when = (name: string, nullable = false) =>
  ({ type: 'timestamptz', precision: 3, name, nullable }) as const;

/** One visit to one site. `state` and `version` are written by `Jobs.transition` alone. */
@Entity('jobs')
@Check('jobs_state', oneOf('state', JOB_STATES))
@Index('jobs_external_ref', { synchronize: false })
@Index('jobs_due', { synchronize: false })
@Index('jobs_worker', { synchronize: false })
@Index('jobs_created', { synchronize: false })
@Index('jobs_updated', { synchronize: false })
@Index('jobs_window', { synchronize: false })
@Index('jobs_number', { synchronize: false })
@Index('jobs_caller', { synchronize: false })
@Index('jobs_search', { synchronize: false })
@Index('jobs_phone', { synchronize: false })
@Index('jobs_priority', { synchronize: false })
@Index('jobs_site', { synchronize: false })
@Index('jobs_long_window', { synchronize: false })
@Index('jobs_promise', { synchronize: false })
@Index('jobs_waiting', { synchronize: false })
@Index('jobs_held', { synchronize: false })
export class Job {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  /** Short, unique in the organisation, for people to say; the database counts. */
  @Column('integer', { default: () => 'next_job_number()' }) number: number;
  @Column('integer', { default: 1 }) version: number;
  @Column('text') state: JobState;
  @Column(when('state_since')) stateSince: Date;

  @Column('uuid', { name: 'service_type_id', nullable: true }) serviceTypeId: string | null;
  @Column('uuid', { name: 'site_id', nullable: true }) siteId: string | null;
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  @Column('double precision') lat: number;
  @Column('double precision') lon: number;
  @Column('text') address: string;
  @Column('text', { name: 'contact_name', nullable: true }) contactName: string | null;
  @Column('text', { name: 'contact_phone', nullable: true }) contactPhone: string | null;
  /** `callerKey(contactPhone)`. */
  @Column('text', { name: 'caller_key', nullable: true }) callerKey: string | null;

  @Column(when('window_start', true)) windowStart: Date | null;
  @Column(when('window_end', true)) windowEnd: Date | null;
  /** The deadline that the source gave, if any. */
  @Column(when('due_at', true)) dueAt: Date | null;
  @Column('integer', { name: 'duration_seconds' }) durationSeconds: number;
  /** 0 normal … 100 emergency. */
  @Column('integer', { default: 0 }) priority: number;

  @Column('jsonb', { default: () => `'[]'` }) skills: RequiredSkill[];
  @Column('text', { array: true, default: () => `'{}'` }) equipment: string[];
  @Column('uuid', { name: 'blocked_worker_ids', array: true, default: () => `'{}'` })
  blockedWorkerIds: string[];
  @Column('uuid', { name: 'required_worker_id', nullable: true }) requiredWorkerId: string | null;
  @Column('uuid', { name: 'preferred_worker_id', nullable: true }) preferredWorkerId: string | null;
  @Column('text', { name: 'customer_language', nullable: true }) customerLanguage: string | null;
  @Column('text', { name: 'proof_required', array: true, default: () => `'{}'` }) proofRequired: ProofKind[];

  @Column('text', { nullable: true }) notes: string | null;
  @Column('text', { name: 'external_ref', nullable: true }) externalRef: string | null;
  @Column('text', { nullable: true }) channel: string | null;
  /** What a search looks in; the database keeps it. */
  @Column({ type: 'text', nullable: true, select: false, insert: false, update: false }) search?: string;

  /** The present holder, or the last one of a job that has ended. */
  @Column('uuid', { name: 'worker_id', nullable: true }) workerId: string | null;
  /** Everyone who ever held it: their phones may still carry operations on it. */
  @Column('uuid', { name: 'held_by', array: true, default: () => `'{}'` }) heldBy: string[];

  @Column('text', { name: 'fail_reason', nullable: true }) failReason: string | null;
  @Column('text', { name: 'cancel_reason', nullable: true }) cancelReason: string | null;
  @Column('text', { name: 'paused_from', nullable: true }) pausedFrom: JobState | null;

  @Column(when('assigned_at', true)) assignedAt: Date | null;
  @Column(when('departed_at', true)) departedAt: Date | null;
  @Column(when('arrived_at', true)) arrivedAt: Date | null;
  @Column(when('started_at', true)) startedAt: Date | null;
  @Column(when('completed_at', true)) completedAt: Date | null;
  @Column(when('closed_at', true)) closedAt: Date | null;
  @Column(when('undo_until', true)) undoUntil: Date | null;

  /** What the arrival rests on. */
  @Column('jsonb', { nullable: true }) arrival: ArrivalEvidence | null;
  /** What the arrival fence remembers between batches of fixes. */
  @Column('jsonb', { nullable: true }) fence: FenceMemory | null;

  /** What the visit rests on, from its completion on. */
  @Column('jsonb', { nullable: true }) evidence: VisitEvidence | null;
  @Column('jsonb', { name: 'proof_refused', nullable: true }) proofRefused: RefusedProof | null;

  @Column(when('created_at')) createdAt: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column(when('updated_at')) updatedAt: Date;
}
