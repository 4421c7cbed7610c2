import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '#platform';

const ASSIGNMENT_STATES = ['proposed', 'confirmed', 'active', 'done', 'released'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** States in which an assignment holds its job and its worker's time. */
export const HOLDING: readonly AssignmentState[] = ['proposed', 'confirmed', 'active'];

/** Who or what decided: a dispatch round's offer, a dispatcher's hand, or a day plan. */
const ASSIGNMENT_SOURCES = ['offer', 'desk', 'plan'] as const;
export type AssignmentSource = (typeof ASSIGNMENT_SOURCES)[number];

/** A worker holds a job from setting off to the end of the work. */
@Entity('assignments')
@Index('assignments_one_winner', { synchronize: false })
@Index('assignments_worker', { synchronize: false })
@Index('assignments_job', { synchronize: false })
@Index('assignments_held', { synchronize: false })
@Index('assignments_long', { synchronize: false })
@Check('assignments_source', oneOf('source', ASSIGNMENT_SOURCES))
@Check('assignments_released_by', `released_by IN ('worker', 'desk', 'system')`)
export class Assignment {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'job_id' }) jobId: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  @Column('text') state: AssignmentState;
  @Column({ type: 'timestamptz', precision: 3, name: 'starts_at' }) startsAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'ends_at' }) endsAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'arrives_at' }) arrivesAt: Date;
  @Column('uuid', { name: 'offer_id', nullable: true }) offerId: string | null;
  @Column('text') source: AssignmentSource;
  @Column('jsonb', { default: () => "'{}'" }) reasons: Record<string, unknown>;
  @Column('text', { name: 'released_reason', nullable: true }) releasedReason: string | null;
  @Column('text', { name: 'released_by', nullable: true }) releasedBy: 'worker' | 'desk' | 'system' | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt: Date;
}
