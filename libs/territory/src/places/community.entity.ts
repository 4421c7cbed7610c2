import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A residential compound with its households and how many of them are lived in. */
@Entity('communities')
@Index('communities_org', ['orgId', 'id'])
@Check('communities_numbers', 'households >= 0 AND occupancy BETWEEN 0 AND 1')
export class Community {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('text') name: string;
  @Column('text', { default: '' }) address: string;
  @Column('double precision') lat: number;
  @Column('double precision') lon: number;
  @Column('integer', { default: 0 }) households: number;
  /** 0 to 1; null = not known. */
  @Column('double precision', { nullable: true }) occupancy: number | null;
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true }) archivedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
}
