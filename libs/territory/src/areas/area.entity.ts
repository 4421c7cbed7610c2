import type { MultiPolygon, Polygon } from 'geojson';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a team works: a centre and a radius, or a polygon. Higher `priority` wins where areas overlap. */
@Entity('areas')
@Index('areas_name', { synchronize: false })
@Check('areas_kind', `kind IN ('circle', 'polygon')`)
@Check(
  'areas_shape',
  `(kind = 'circle') = (radius_metres IS NOT NULL) AND (kind = 'polygon') = (polygon IS NOT NULL)`,
)
export class ServiceArea {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('text') name: string;
  @Column('text') kind: 'circle' | 'polygon';
  /** The centre of the circle, or a point inside the polygon. */
  @Column('double precision') lat: number;
  @Column('double precision') lon: number;
  @Column('double precision', { name: 'radius_metres', nullable: true }) radiusMetres: number | null;
  /** GeoJSON geometry: [longitude, latitude], outline first, then holes. */
  @Column('jsonb', { nullable: true }) polygon: Polygon | MultiPolygon | null;
  @Column('double precision', { name: 'square_metres' }) squareMetres: number;
  @Column('integer', { default: 0 }) priority: number;
  /** IANA name; taken from the point unless somebody chose another. */
  @Column('text', { name: 'time_zone' }) timeZone: string;
  /** An inactive area keeps its jobs but takes in no new door. */
  @Column('boolean', { default: true }) active: boolean;
  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true }) archivedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
}

/** Changes whenever an area of the organisation does; see AreaIndexes. */
@Entity('area_stamps')
export class AreaStamp {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid') stamp: string;
}
