import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A way to one row for somebody without an account. Only the hash of its secret is kept. */
@Entity('private_links')
@Unique('private_links_hash_unique', ['secretHash'])
@Index('private_links_subject', ['orgId', 'subjectId'])
export class PrivateLink {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('text', { name: 'secret_hash' }) secretHash: string;
  @Column('text', { name: 'subject_type' }) subjectType: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  /** What its holder may do with the row, by the names that routes give (`@ByLink('visit.rate')`). */
  @Column('text', { array: true }) scopes: string[];
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
