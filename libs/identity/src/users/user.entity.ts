import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf, ROLES, type Role } from '#platform';

/** Someone who signs in. Never removed: a deleted user keeps the id that facts speak of, and nothing personal. */
@Entity('users')
@Check('users_role', oneOf('role', ROLES))
@Unique('users_email_unique', ['email'])
@Index('users_org', { synchronize: false })
@Index('users_worker', { synchronize: false })
export class User {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  /** Lower case; one user in the whole installation has it. */
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  /** The worker this user is, for role `worker`. */
  @Column('uuid', { name: 'worker_id', nullable: true }) workerId: string | null;
  /** The areas that a user of role `area_manager` is bound to. */
  @Column('uuid', { name: 'area_ids', array: true, default: '{}' }) areaIds: string[];
  @Column('text', { default: 'en' }) locale: string;
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'disabled_at', nullable: true }) disabledAt: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'deleted_at', nullable: true }) deletedAt: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
}
