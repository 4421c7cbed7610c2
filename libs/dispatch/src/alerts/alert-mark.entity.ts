import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A dispatcher has seen an alert, or put it off. */
@Entity('alert_marks')
export class AlertMark {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  @PrimaryColumn('text') alert: string;
  @Column('text') state: 'acknowledged' | 'snoozed';
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) until: Date | null;
  @Column('uuid', { name: 'by_user' }) byUser: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
}
