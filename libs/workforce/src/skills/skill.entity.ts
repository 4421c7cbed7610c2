import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A skill of the organisation's list, from which workers, services and jobs choose. */
@Entity('skills')
@Index('skills_name', { synchronize: false })
export class Skill {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  /** Unique in the organisation whatever its case; written everywhere as it is here. */
  @Column('text') name: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
}
