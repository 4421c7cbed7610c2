import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import { DomainError, isId } from '#kernel';
import { type Tx, UnitOfWork } from '#platform';
import { AccessTokensService } from '../secrets/access-tokens.service.js';
import {
  isRefreshToken,
  makeRefreshToken,
  type RefreshClaim,
  readRefreshToken,
  sha256,
} from '../secrets/tokens.js';
import { User } from '../users/user.entity.js';
import { Session } from './session.entity.js';
import { idleEnd, SessionsService } from './sessions.service.js';

export interface Refreshed {
  accessToken: string;
  expiresAt: Date;
  refreshToken: string;
  user: User;
}

type Outcome = Refreshed | 'reused' | 'ended' | 'invalid';

/**
 * Rotates refresh tokens. Each is good once; one that comes back after it was spent has been copied, so its whole session
 * ends, whoever holds the newer one (RFC 9700, section 4.14.2).
 */
@Injectable()
export class SessionRefreshService {
  constructor(
    private readonly env: Env,
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokensService,
  ) {}

  /** @throws DomainError 401 REFRESH_INVALID, REFRESH_REUSED or SESSION_ENDED. */
  async refresh(token: string, retryKey?: string): Promise<Refreshed> {
    const claim = readRefreshToken(token);
    // The outcome, not an error, leaves the transaction: ending a session must commit.
    const outcome: Outcome =
      claim && isId(claim.orgId) && isId(claim.sessionId)
        ? await this.uow.run(claim.orgId, (tx) => this.rotate(tx, token, claim, retryKey))
        : 'invalid';
    switch (outcome) {
      case 'invalid':
        throw new DomainError('REFRESH_INVALID', 401, 'That is not a refresh token of this installation.');
      case 'ended':
        throw new DomainError('SESSION_ENDED', 401, 'This session has ended; sign in again.');
      case 'reused':
        throw new DomainError(
          'REFRESH_REUSED',
          401,
          'This refresh token was used before. The session has been ended for safety; sign in again.',
        );
      default:
        return outcome;
    }
  }

  /** Ends the session that `token` would have continued; of any other token nothing comes. */
  async end(token: string): Promise<void> {
    const claim = readRefreshToken(token);
    if (!claim || !isId(claim.orgId) || !isId(claim.sessionId)) return;
    await this.uow.run(claim.orgId, async (tx) => {
      const session = await this.sessions.find(tx, claim.sessionId);
      if (session && isRefreshToken(token, session.salt, this.env.JWT_SECRET))
        await this.sessions.end(tx, session, 'signed_out');
    });
  }

  private async rotate(tx: Tx, token: string, claim: RefreshClaim, retryKey?: string): Promise<Outcome> {
    const session = await tx
      .repo(Session)
      .findOne({ where: { id: claim.sessionId, orgId: tx.orgId }, lock: { mode: 'pessimistic_write' } });
    if (!session || !isRefreshToken(token, session.salt, this.env.JWT_SECRET)) return 'invalid';
    if (session.endedAt || session.expiresAt.getTime() <= Date.now()) return 'ended';
    const user = await tx.repo(User).findOneBy({ id: session.userId });
    if (!user || user.disabledAt || user.deletedAt) return 'ended';
    const rotatedBy = retryKey ? sha256(`${session.id}|${retryKey}`) : null;
    if (claim.generation === session.generation) {
      session.generation += 1;
      await tx
        .repo(Session)
        .update(
          { id: session.id },
          { generation: session.generation, rotatedBy, usedAt: new Date(), expiresAt: idleEnd() },
        );
    } else if (!isRetry(session, claim, rotatedBy)) {
      await this.sessions.end(tx, session, 'reuse');
      return 'reused';
    }
    return {
      ...this.tokens.sign({ userId: user.id, orgId: tx.orgId, sessionId: session.id }),
      refreshToken: makeRefreshToken(
        { ...claim, generation: session.generation },
        session.salt,
        this.env.JWT_SECRET,
      ),
      user,
    };
  }
}

/**
 * The answer was lost on the way: the same Idempotency-Key gets the same successor, until that one is used. A phone may ask
 * again only after days without a line.
 */
const isRetry = (session: Session, claim: RefreshClaim, rotatedBy: string | null): boolean =>
  rotatedBy !== null && rotatedBy === session.rotatedBy && claim.generation === session.generation - 1;
