import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { type Authenticator, type LinkHolder, type Principal, UnitOfWork } from '#platform';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { PrivateLinksService } from '../private-links/private-links.service.js';
import { type AccessClaim, AccessTokensService } from '../secrets/access-tokens.service.js';
import { isApiKey, sha256 } from '../secrets/tokens.js';
import { Session } from '../sessions/session.entity.js';
import { User } from '../users/user.entity.js';
import { WorkerDirectoryService } from '../users/worker-directory.service.js';
import { isAllowed } from './abilities.server.js';
import { AccessRevokedService } from './access-revoked.service.js';
import { PrincipalCache } from './principal-cache.js';

/**
 * Proves access tokens and API keys. A token only says who; whether the session still runs, and what the user is now, is
 * read from the database (at most a second old), so a change of rights counts at once.
 */
@Injectable()
export class AuthenticatorService implements Authenticator {
  private readonly cache = new PrincipalCache();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: AccessTokensService,
    private readonly apiKeys: ApiKeysService,
    private readonly links: PrivateLinksService,
    private readonly workerDirectory: WorkerDirectoryService,
    ended: AccessRevokedService,
  ) {
    ended.listen((who) => (who?.sessionId ? this.cache.drop(who.sessionId) : this.cache.clear()));
  }

  async authenticate(bearer: string): Promise<Principal> {
    if (isApiKey(bearer)) {
      const hash = sha256(bearer);
      return this.current(await this.cache.get(hash, () => this.apiKeys.principalOf(hash)));
    }
    const { expiresAt, ...claim } = this.tokens.read(bearer);
    const principal = await this.cache.get(claim.sessionId, () => this.ofSession(claim));
    if (principal.id !== claim.userId || principal.orgId !== claim.orgId) throw sessionEnded();
    return { ...principal, expiresAt };
  }

  authenticateLink(bearer: string, scope: string): Promise<LinkHolder> {
    return this.links.holderOf(bearer, scope);
  }

  may(principal: Principal, action: string, subject: string): boolean {
    return isAllowed(principal, action, subject);
  }

  private current(principal: Principal): Principal {
    if (principal.expiresAt && principal.expiresAt.getTime() <= Date.now())
      throw new DomainError('KEY_EXPIRED', 401, 'This API key has expired.');
    return principal;
  }

  private async ofSession({ orgId, userId, sessionId }: AccessClaim): Promise<Principal> {
    return this.uow.run(orgId, async (tx) => {
      const session = await tx.repo(Session).findOneBy({ id: sessionId, userId });
      const user = await tx.repo(User).findOneBy({ id: userId });
      if (!session || !user || session.endedAt || user.disabledAt || user.deletedAt) throw sessionEnded();
      return {
        kind: 'user',
        orgId,
        id: userId,
        role: user.role,
        sessionId,
        ...(user.role === 'area_manager' ? { areaIds: user.areaIds } : {}),
        ...(user.workerId ? { workerId: user.workerId } : {}),
        ...(user.workerId && (await this.workerDirectory.isSuspended(tx, user.workerId))
          ? { isSuspended: true }
          : {}),
      };
    });
  }
}

const sessionEnded = () => new DomainError('SESSION_ENDED', 401, 'This session has ended; sign in again.');
