import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const OFFER_STATES = ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

export const DECLINE_REASONS = ['sick', 'on_leave', 'conflict', 'too_far', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** A job put to a worker until `expiresAt`. */
@Entity('offers')
@Index('offers_one_pending', { synchronize: false })
@Index('offers_job', { synchronize: false })
export class Offer {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'job_id' }) jobId: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  /** The job as the worker was shown it. */
  @Column('integer', { name: 'job_version', nullable: true }) jobVersion: number | null;
  @Column('text') state: OfferState;
  @Column('integer', { default: 1 }) wave: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'offered_at' }) offeredAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('text', { name: 'decline_reason', nullable: true }) declineReason: DeclineReason | null;
  @Column('double precision', { name: 'distance_metres', nullable: true }) distanceMetres: number | null;
  @Column('double precision', { name: 'travel_seconds', nullable: true }) travelSeconds: number | null;
  @Column('jsonb', { default: () => "'{}'" }) reasons: Record<string, unknown>;
  @Column('uuid', { name: 'round_id', nullable: true }) roundId: string | null;
}
