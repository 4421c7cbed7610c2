import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PolicyBody } from './effective-policy.js';

/** One version of how work is given out: for everything (`serviceTypeId` null) or for one service type. Never changed. */
@Entity('dispatch_policies')
@Index('dispatch_policies_version', { synchronize: false })
export class DispatchPolicy {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'service_type_id', nullable: true }) serviceTypeId: string | null;
  @Column('integer') version: number;
  @Column('jsonb', { default: () => "'{}'" }) body: PolicyBody;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
}
