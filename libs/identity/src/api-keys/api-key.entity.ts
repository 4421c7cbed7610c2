import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '#platform';
import type { ApiScope } from './api-scopes.server.js';

/** A program's way in. Only the hash of the key is kept; `prefix` lets people tell keys apart. */
@Entity('api_keys')
@Unique('api_keys_hash_unique', ['keyHash'])
@Index('api_keys_org', { synchronize: false })
export class ApiKey {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('text') name: string;
  @Column('text') prefix: string;
  @Column('text', { name: 'key_hash' }) keyHash: string;
  /** The office role whose sight it has; its scopes only take away from that. */
  @Column('text') role: Role;
  /** Of a key that looks through the role `area_manager`. */
  @Column('uuid', { name: 'area_ids', array: true, default: '{}' }) areaIds: string[];
  @Column('text', { array: true }) scopes: ApiScope[];
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at', nullable: true }) expiresAt: Date | null;
  /** To the nearest few minutes. */
  @Column({ type: 'timestamptz', precision: 3, name: 'used_at', nullable: true }) usedAt: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
