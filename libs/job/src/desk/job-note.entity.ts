import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something said about a job. Rows are only ever added. */
@Entity('job_notes')
@Index('job_notes_job', { synchronize: false })
export class JobNote {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'job_id' }) jobId: string;
  @Column('uuid', { name: 'author_id', nullable: true }) authorId: string | null;
  @Column('text', { name: 'author_role' }) authorRole: string;
  @Column('uuid', { name: 'worker_id', nullable: true }) workerId: string | null;
  @Column('text') text: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'occurred_at' }) occurredAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
}
