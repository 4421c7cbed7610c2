import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/**
 * One sign-in on one device: the family of all its refresh tokens. Only the token of the present `generation` is good;
 * tokens themselves are not stored, they are made from `salt` and the server's secret. All times are wall times.
 */
@Entity('sessions')
@Index('sessions_of_user', { synchronize: false })
export class Session {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @ForeignKey(() => User, { name: 'sessions_user', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId: string;
  @Column('integer', { default: 0 }) generation: number;
  @Column('bytea') salt: Buffer;
  /** Hash of the `Idempotency-Key` of the last rotation. */
  @Column('text', { name: 'rotated_by', nullable: true }) rotatedBy: string | null;
  @Column('text', { name: 'user_agent', nullable: true }) userAgent: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'used_at' }) usedAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason: EndReason | null;
}

export type EndReason = 'signed_out' | 'revoked' | 'reuse' | 'password_changed' | 'user_disabled';
