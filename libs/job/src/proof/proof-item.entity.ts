import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { PROOF_KINDS, type ProofKind } from '#kernel';
import { oneOf } from '#platform';
import type { ClaimedTime } from '../lifecycle/clamp-time.js';
import type { EvidenceStrength } from './evidence-strength.js';

/** A point of a signature: x, y in any unit, origin at the top left. */
export type Stroke = [number, number][];

export interface ProofContent {
  /** note */
  text?: string;
  /** signature */
  signer?: string;
  strokes?: Stroke[];
  /** scan */
  siteId?: string;
  siteName?: string;
  /** photo: what the file said about its making, beyond place and time */
  camera?: string;
  /** photo: SHA-256 of what the camera made, where the phone sent a smaller one; its word */
  cameraSha256?: string;
  /** what the phone claimed as the time of recording, where another counts */
  claimed?: ClaimedTime;
}

/** Something seen at a door. Rows are only ever added. */
@Entity('proof_items')
@Check('proof_items_kind', oneOf('kind', PROOF_KINDS))
@Index('proof_items_job', { synchronize: false })
@Index('proof_items_original', { synchronize: false })
@Index('proof_items_file', { synchronize: false })
export class ProofItem {
  @PrimaryColumn('uuid', { name: 'org_id' }) orgId: string;
  /** Chosen by the phone. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'job_id' }) jobId: string;
  @Column('text') kind: ProofKind;
  /** null: recorded by the desk. */
  @Column('uuid', { name: 'worker_id', nullable: true }) workerId: string | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column('uuid', { name: 'file_id', nullable: true }) fileId: string | null;
  @Column('text', { name: 'media_type', nullable: true }) mediaType: string | null;
  @Column('integer', { nullable: true }) bytes: number | null;
  @Column('integer', { nullable: true }) width: number | null;
  @Column('integer', { nullable: true }) height: number | null;
  /** Of the file as it is stored, hex. */
  @Column('text', { nullable: true }) sha256: string | null;
  /** Of what the phone sent, hex. */
  @Column('text', { name: 'original_sha256', nullable: true }) originalSha256: string | null;
  @Column('jsonb', { default: () => `'{}'` }) content: ProofContent;
  /** Where the camera says it was; taken out of the file. */
  @Column('double precision', { nullable: true }) lat: number | null;
  @Column('double precision', { nullable: true }) lon: number | null;
  /** When the camera says it was. */
  @Column({ type: 'timestamptz', precision: 3, name: 'taken_at', nullable: true }) takenAt: Date | null;
  /** How much it is worth, and why not more; null: it was kept before this was asked. */
  @Column('jsonb', { nullable: true }) evidence: EvidenceStrength | null;
  /** When it was recorded: what the phone says, held to what is possible. */
  @Column({ type: 'timestamptz', precision: 3, name: 'occurred_at' }) occurredAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
}
