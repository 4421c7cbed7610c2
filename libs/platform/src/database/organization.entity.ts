import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { PolicyOverrides } from '../policy/policy-group.js';

/** The tenant. */
@Entity('organizations')
@Unique('organizations_slug_unique', ['slug'])
export class Organization {
  @PrimaryColumn('uuid', { name: 'org_id' }) id: string;
  @Column('text') name: string;
  @Column('text') slug: string;
  @Column('boolean', { name: 'is_demo', default: false }) isDemo: boolean;
  /** Where workers reach their dispatch desk. */
  @Column('text', { name: 'dispatch_phone', nullable: true }) dispatchPhone: string | null;
  /** What differs from the defaults of the stages' policy groups. */
  @Column('jsonb', { default: () => "'{}'" }) policy: PolicyOverrides;
  @Column('integer', { default: 1 }) version: number;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
}
