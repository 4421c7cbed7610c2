import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { Env } from '#config/env';
import { DomainError, isId } from '#kernel';

const ACCESS_SECONDS = 900;

export interface AccessClaim {
  userId: string;
  orgId: string;
  sessionId: string;
}

interface Payload {
  sub: string;
  org: string;
  sid: string;
  exp: number;
}

const NAMES = { issuer: 'doorstep', audience: 'doorstep-api' };

/** Signed access tokens (JWT, HS256) that are good for 15 minutes of wall time. They say who, never what one may do. */
@Injectable()
export class AccessTokensService {
  private readonly jwt: JwtService;

  constructor(env: Env) {
    // Made once: from a text jsonwebtoken makes a key for each token, and first tries whether it is a private one.
    this.jwt = new JwtService({ secret: createSecretKey(Buffer.from(env.JWT_SECRET)) });
  }

  sign({ userId, orgId, sessionId }: AccessClaim): { accessToken: string; expiresAt: Date } {
    const expiresAt = new Date((Math.floor(Date.now() / 1000) + ACCESS_SECONDS) * 1000);
    const payload = { org: orgId, sid: sessionId, exp: expiresAt.getTime() / 1000 };
    const accessToken = this.jwt.sign(payload, { ...NAMES, subject: userId, algorithm: 'HS256' });
    return { accessToken, expiresAt };
  }

  /** @throws DomainError 401 TOKEN_EXPIRED or TOKEN_INVALID. */
  read(token: string): AccessClaim & { expiresAt: Date } {
    const { sub, org, sid, exp } = this.verified(token);
    if (!isId(sub) || !isId(org) || !isId(sid) || typeof exp !== 'number') throw invalidToken();
    return { userId: sub, orgId: org, sessionId: sid, expiresAt: new Date(exp * 1000) };
  }

  private verified(token: string): Payload {
    try {
      return this.jwt.verify<Payload>(token, { ...NAMES, algorithms: ['HS256'] });
    } catch (error) {
      if (error instanceof TokenExpiredError)
        throw new DomainError('TOKEN_EXPIRED', 401, 'The access token has expired; refresh the session.');
      throw invalidToken();
    }
  }
}

const invalidToken = () => new DomainError('TOKEN_INVALID', 401, 'Invalid token.');
