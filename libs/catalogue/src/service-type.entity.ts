import { Column, type ColumnOptions, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ProofKind } from '#kernel';
import { wholeNumber } from '#platform';

const money = (name: string): ColumnOptions => ({
  type: 'bigint',
  name,
  nullable: true,
  transformer: wholeNumber,
});

/** What can be booked. A job copies what it needs from here when it is created; later changes leave it alone. */
@Entity('service_types')
@Index('service_types_code', { synchronize: false })
export class ServiceType {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  /** Unique in the organisation whatever its case. */
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('integer', { name: 'duration_seconds' }) durationSeconds: number;
  /** Integer minor units of `priceCurrency`; both null: no fixed price. */
  @Column(money('price_minor')) priceMinor: number | null;
  @Column('text', { name: 'price_currency', nullable: true }) priceCurrency: string | null;
  /** What the worker gets for a visit, in minor units of `payCurrency`; both null: nothing is said. */
  @Column(money('pay_minor')) payMinor: number | null;
  @Column('text', { name: 'pay_currency', nullable: true }) payCurrency: string | null;
  @Column('jsonb', { default: () => `'[]'` }) skills: { skill: string; level?: number }[];
  @Column('text', { array: true, default: () => `'{}'` }) equipment: string[];
  @Column('text', { name: 'proof_required', array: true, default: () => `'{}'` })
  proofRequired: ProofKind[];
  @Column('jsonb', { default: () => `'[]'` }) checklist: { text: string; required?: boolean }[];
  @Column('integer', { default: 0 }) priority: number;
  @Column('boolean', { default: true }) active: boolean;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt: Date;
}
