import { Injectable } from '@nestjs/common';
import { DomainError, Invalid, NotFound, newId } from '#kernel';
import { type LinkHolder, requestContext, type Tx, UnitOfWork } from '#platform';
import { privateLinkCreated, privateLinkRevoked } from '../identity.facts.js';
import { makeLinkSecret, sha256 } from '../secrets/tokens.js';
import { PrivateLink } from './private-link.entity.js';

export interface NewPrivateLink {
  /** The row it opens: its kind (`job`) and id. */
  subjectType: string;
  subjectId: string;
  scopes: string[];
  /** On the wall clock. */
  expiresAt: Date;
}

const MAX_DAYS = 366;
const MAX_LISTED = 100;

/** Links that open one row to whoever holds them: a customer's visit, a manager's audit. */
@Injectable()
export class PrivateLinksService {
  constructor(private readonly uow: UnitOfWork) {}

  /** The secret comes back this once; it belongs in the fragment of an address. @throws Invalid (`expiresAt`) */
  async create(tx: Tx, wanted: NewPrivateLink): Promise<{ link: PrivateLink; secret: string }> {
    const now = new Date();
    const latest = new Date(now.getTime() + MAX_DAYS * 86_400_000);
    if (wanted.expiresAt <= now || wanted.expiresAt > latest)
      throw Invalid.field('expiresAt', `must lie ahead, at most ${MAX_DAYS} days`, latest.toISOString());
    const secret = makeLinkSecret();
    const link = tx.repo(PrivateLink).create({
      ...wanted,
      id: newId(),
      orgId: tx.orgId,
      secretHash: sha256(secret),
      createdBy: requestContext.actor().id,
      createdAt: now,
      revokedAt: null,
    });
    await tx.repo(PrivateLink).insert(link);
    tx.record(privateLinkCreated(link.id, { ...about(link), expiresAt: link.expiresAt.toISOString() }));
    return { link, secret };
  }

  /** Ends a link for good, also one that may be used once and has been; doing it again changes nothing. @throws NotFound */
  async revoke(tx: Tx, id: string): Promise<void> {
    const link = await tx.repo(PrivateLink).findOneBy({ id, orgId: tx.orgId });
    if (!link) throw new NotFound('link');
    if (link.revokedAt) return;
    await tx.repo(PrivateLink).update({ id }, { revokedAt: new Date() });
    tx.record(privateLinkRevoked(id, about(link)));
  }

  /** Those that open a row, the newest first, revoked and expired ones included. */
  list(tx: Tx, subjectId: string): Promise<PrivateLink[]> {
    return tx.repo(PrivateLink).find({
      where: { orgId: tx.orgId, subjectId },
      order: { id: 'DESC' },
      take: MAX_LISTED,
    });
  }

  /** @throws DomainError 401 LINK_INVALID, whatever the reason */
  async holderOf(secret: string, scope: string): Promise<LinkHolder> {
    const secretHash = sha256(secret);
    const link = await this.uow.lookUp(secretHash, (tx) => tx.repo(PrivateLink).findOneBy({ secretHash }));
    if (!link || link.revokedAt || link.expiresAt.getTime() <= Date.now() || !link.scopes.includes(scope))
      throw new DomainError('LINK_INVALID', 401, 'This link is not valid, or not any more.');
    const { id, orgId, subjectType, subjectId, scopes, expiresAt } = link;
    return { kind: 'private_link', id, orgId, subjectType, subjectId, scopes, expiresAt };
  }
}

const about = ({ subjectType, subjectId, scopes }: PrivateLink) => ({ subjectType, subjectId, scopes });
