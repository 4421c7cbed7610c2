import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const when = (name: string) => ({ type: 'timestamptz', precision: 3, name }) as const;

/** A view of the desk that somebody gave a name: for themselves, or for everybody in the organisation. */
@Entity('saved_views')
@Index('saved_views_name', { synchronize: false })
@Index('saved_views_shared', { synchronize: false })
export class SavedView {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  /** Unique among its owner's, whatever its case. */
  @Column('text') name: string;
  /** The query of the page's address, without `?`. */
  @Column('text') search: string;
  @Column('boolean', { default: false }) shared: boolean;
  @Column(when('created_at')) createdAt: Date;
  @Column(when('updated_at')) updatedAt: Date;
}

/** The view that the desk opens with, one for each person; it may be somebody else's. */
@Entity('saved_view_defaults')
@Index('saved_view_defaults_view', { synchronize: false })
export class SavedViewDefault {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @PrimaryColumn('uuid', { name: 'user_id' }) userId: string;
  @Column('uuid', { name: 'view_id' }) viewId: string;
}
