import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../database/one-of.js';
import type { Operation } from './operation.dto.js';

export const CONFLICT_STATUSES = ['open', 'applied', 'noted', 'discarded'] as const;
export type ConflictStatus = (typeof CONFLICT_STATUSES)[number];

type RecordedOperation = Omit<Operation, 'data'> & { data?: object | null };

/** An operation from a phone that could not be applied, kept for a person to judge. */
@Entity('conflicts')
@Check('conflicts_status', oneOf('status', CONFLICT_STATUSES))
@Index('conflicts_open', { synchronize: false })
@Index('conflicts_received', { synchronize: false })
export class OperationConflict {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('text', { name: 'subject_type' }) subjectType: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  /** Of the subject when it was parked. */
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  /** null: recorded by an account that is no worker's. */
  @Column('uuid', { name: 'worker_id', nullable: true }) workerId: string | null;
  @Column('uuid', { name: 'user_id' }) userId: string;
  @Column('text', { name: 'op_id' }) opId: string;
  @Column('text', { name: 'device_id' }) deviceId: string;
  /** A number in a string, because bigint. */
  @Column('bigint', { name: 'device_seq' }) deviceSeq: string;
  @Column('text') kind: string;
  /** As the phone recorded it. */
  @Column('jsonb') operation: RecordedOperation;
  @Column('integer', { name: 'base_version', nullable: true }) baseVersion: number | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'occurred_at' }) occurredAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'received_at' }) receivedAt: Date;
  /** Why it was parked. */
  @Column('text') code: string;
  @Column('text') detail: string;
  /** The subject when it was parked. */
  @Column('text', { name: 'subject_state' }) subjectState: string;
  @Column('integer', { name: 'subject_version' }) subjectVersion: number;
  @Column('text', { default: 'open' }) status: ConflictStatus;
  @Column('text', { name: 'resolution_reason', nullable: true }) resolutionReason: string | null;
  @Column('uuid', { name: 'resolved_by', nullable: true }) resolvedBy: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'resolved_at', nullable: true }) resolvedAt: Date | null;
}
