import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A door or an inspectable place. */
@Entity('sites')
@Index('sites_org', ['orgId', 'id'])
@Index('sites_community', ['orgId', 'communityId'])
export class Site {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('text') name: string;
  @Column('text', { default: '' }) address: string;
  @Column('double precision') lat: number;
  @Column('double precision') lon: number;
  @Column('uuid', { name: 'community_id', nullable: true }) communityId: string | null;
  /** The area this door is in now; kept right when areas change. */
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  /** Counts up when the QR tag is replaced; tags of an earlier serial no longer open anything. */
  @Column('integer', { name: 'tag_serial', default: 1 }) tagSerial: number;
  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true }) archivedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
}
