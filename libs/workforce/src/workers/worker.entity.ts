import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { WORKER_STATUSES, type WorkerStatus } from '#kernel';
import { oneOf } from '#platform';

/** Somebody who goes to doors. */
@Entity('workers')
@Index('workers_org', ['orgId', 'id'])
@Index('workers_user', { synchronize: false })
@Index('workers_external_ref', { synchronize: false })
@Check('workers_status', oneOf('status', WORKER_STATUSES))
export class Worker {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  /** The account with which this worker signs in. */
  @Column('uuid', { name: 'user_id', nullable: true }) userId: string | null;
  /** The number another system knows this worker by; unique in the organisation. */
  @Column('text', { name: 'external_ref', nullable: true }) externalRef: string | null;
  @Column('text') name: string;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { default: 'off_duty' }) status: WorkerStatus;
  @Column({ type: 'timestamptz', name: 'status_since', precision: 3 }) statusSince: Date;
  /** Areas served; empty = all of them. */
  @Column('uuid', { name: 'home_area_ids', array: true, default: () => "'{}'" }) homeAreaIds: string[];
  @Column('text', { array: true, default: () => "'{}'" }) languages: string[];
  @Column('text', { array: true, default: () => "'{}'" }) equipment: string[];
  @Column('text', { nullable: true }) vehicle: string | null;
  /** null = what the policy says. */
  @Column('integer', { name: 'max_open_assignments', nullable: true }) maxOpenAssignments: number | null;
  /** null = no limit. */
  @Column('integer', { name: 'day_task_limit', nullable: true }) dayTaskLimit: number | null;
  /** Mean of customers' stars, 0 to 5. */
  @Column('double precision', { nullable: true }) rating: number | null;
  /** From inspections, 0 to 100. */
  @Column('double precision', { name: 'quality_score', nullable: true }) qualityScore: number | null;
  @Column({ type: 'timestamptz', name: 'suspended_until', precision: 3, nullable: true })
  suspendedUntil: Date | null;
  /** Set while an on-duty worker's phone has not been heard for too long. */
  @Column({ type: 'timestamptz', name: 'silent_since', precision: 3, nullable: true })
  silentSince: Date | null;
  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true }) archivedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
}

@Entity('worker_skills')
@Check('worker_skills_level', 'level BETWEEN 1 AND 5')
export class WorkerSkill {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @PrimaryColumn('uuid', { name: 'worker_id' }) workerId: string;
  @PrimaryColumn('text') skill: string;
  /** 1 (beginner) to 5 (expert). */
  @Column('integer') level: number;
  /** Certificate valid until; null = does not expire. */
  @Column({ type: 'timestamptz', name: 'valid_until', precision: 3, nullable: true }) validUntil: Date | null;
}

/** Changes whenever skills or hours of any worker of the organisation do; kept by triggers, see WorkerDetailsService. */
@Entity('workforce_stamps')
export class WorkforceStamp {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid') stamp: string;
}
