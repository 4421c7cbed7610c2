import { Injectable } from '@nestjs/common';
import { DomainError, Invalid, NotFound, newId } from '#kernel';
import { type Principal, type Role, type Tx, UnitOfWork } from '#platform';
import { AccessRevokedService } from '../access/access-revoked.service.js';
import { apiKeyCreated, apiKeyRevoked } from '../identity.facts.js';
import { makeApiKey, sha256 } from '../secrets/tokens.js';
import { AreaDirectoryService } from '../users/area-directory.service.js';
import { ApiKey } from './api-key.entity.js';
import type { ApiScope } from './api-scopes.server.js';

/** Roles a key may look through; nothing personal to one worker or customer, and never administration. */
export const KEY_ROLES = [
  'dispatcher',
  'area_manager',
  'quality_manager',
  'auditor',
] as const satisfies Role[];

const NOTE_USE_EVERY_MS = 300_000;

export interface NewApiKey {
  name: string;
  role: (typeof KEY_ROLES)[number];
  scopes: ApiScope[];
  /** For role `area_manager`. */
  areaIds?: string[];
  expiresAt?: Date;
  createdBy: string;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accessRevoked: AccessRevokedService,
    private readonly areaDirectory: AreaDirectoryService,
  ) {}

  /** The key itself comes back this once; only its hash is kept. */
  async create(tx: Tx, wanted: NewApiKey): Promise<{ key: ApiKey; secret: string }> {
    if (wanted.expiresAt && wanted.expiresAt.getTime() <= Date.now())
      throw Invalid.field('expiresAt', 'must be in the future', new Date().toISOString(), {
        code: 'NOT_AHEAD',
      });
    const areaIds = await this.areaDirectory.check(tx, wanted.role, wanted.areaIds);
    const { secret, prefix } = makeApiKey();
    const key = tx.repo(ApiKey).create({
      id: newId(),
      orgId: tx.orgId,
      name: wanted.name,
      prefix,
      keyHash: sha256(secret),
      role: wanted.role,
      scopes: wanted.scopes,
      areaIds,
      createdBy: wanted.createdBy,
      createdAt: new Date(),
      expiresAt: wanted.expiresAt ?? null,
      usedAt: null,
      revokedAt: null,
    });
    await tx.repo(ApiKey).insert(key);
    tx.record(apiKeyCreated(key.id, { name: key.name, prefix, role: key.role, scopes: key.scopes }));
    return { key, secret };
  }

  /** Newest first, revoked ones included. */
  async page(tx: Tx, { limit, after }: { limit: number; after?: [string, string] }): Promise<ApiKey[]> {
    const query = tx
      .repo(ApiKey)
      .createQueryBuilder('k')
      .where('k.orgId = :orgId', { orgId: tx.orgId })
      .orderBy('k.createdAt', 'DESC')
      .addOrderBy('k.id', 'DESC')
      .limit(limit + 1);
    if (after) query.andWhere('(k.createdAt, k.id) < (:at, :id)', { at: after[0], id: after[1] });
    return query.getMany();
  }

  async get(tx: Tx, id: string): Promise<ApiKey> {
    const key = await tx.repo(ApiKey).findOneBy({ id, orgId: tx.orgId });
    if (!key) throw new NotFound('API key');
    return key;
  }

  /** Ends a key for good; doing it again changes nothing. */
  async revoke(tx: Tx, id: string): Promise<void> {
    const key = await this.get(tx, id);
    if (key.revokedAt) return;
    await tx.repo(ApiKey).update({ id }, { revokedAt: new Date() });
    tx.record(apiKeyRevoked(id, { prefix: key.prefix }));
    this.accessRevoked.announce(tx, { userId: id });
  }

  /** @throws DomainError 401 KEY_INVALID. */
  async principalOf(keyHash: string): Promise<Principal> {
    const key = await this.uow.lookUp(keyHash, (tx) => tx.repo(ApiKey).findOneBy({ keyHash }));
    if (!key || key.revokedAt) throw new DomainError('KEY_INVALID', 401, 'This API key is not valid.');
    if (!key.usedAt || Date.now() - key.usedAt.getTime() > NOTE_USE_EVERY_MS)
      await this.uow.run(key.orgId, (tx) => tx.repo(ApiKey).update({ id: key.id }, { usedAt: new Date() }));
    return {
      kind: 'api_key',
      orgId: key.orgId,
      id: key.id,
      role: key.role,
      scopes: key.scopes,
      ...(key.role === 'area_manager' ? { areaIds: key.areaIds } : {}),
      ...(key.expiresAt ? { expiresAt: key.expiresAt } : {}),
    };
  }
}
