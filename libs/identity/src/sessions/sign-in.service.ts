import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import { DomainError } from '#kernel';
import { UnitOfWork } from '#platform';
import { SignInLimitsService } from '../limits/sign-in-limits.service.js';
import { AccessTokensService } from '../secrets/access-tokens.service.js';
import { normalEmail } from '../secrets/credentials.js';
import { PasswordsService } from '../secrets/passwords.service.js';
import { deviceOf, makeDeviceToken, makeRefreshToken } from '../secrets/tokens.js';
import { User } from '../users/user.entity.js';
import { type Device, SessionsService } from './sessions.service.js';

export interface SignedInSession {
  accessToken: string;
  expiresAt: Date;
  refreshToken: string;
  /** Keep it and send it with the next sign-in: this device is then known. */
  deviceToken: string;
  user: User;
}

export interface Credentials extends Device {
  email: string;
  password: string;
  /** What proves that this device is known, whoever used it. */
  deviceTokens?: string[];
}

/** E-mail address and password become a session. */
@Injectable()
export class SignInService {
  constructor(
    private readonly env: Env,
    private readonly uow: UnitOfWork,
    private readonly limits: SignInLimitsService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokensService,
  ) {}

  /** @throws DomainError 401 BAD_CREDENTIALS or USER_DISABLED, 429 TOO_MANY_ATTEMPTS. */
  async signIn(credentials: Credentials): Promise<SignedInSession> {
    const { JWT_SECRET: secret } = this.env;
    const email = normalEmail(credentials.email);
    const user = await this.uow.lookUp(email, (tx) => tx.repo(User).findOneBy({ email }));
    const known = (credentials.deviceTokens ?? []).find((token) => user && deviceOf(token, user.id, secret));
    const deviceId = user && known ? deviceOf(known, user.id, secret) : null;
    const attempt = deviceId
      ? await this.limits.known(deviceId)
      : await this.limits.limitNewDevice(email, credentials.address);
    const right = await this.passwords.matches(credentials.password, user?.passwordHash);
    if (!user || !right) throw badCredentials();
    await attempt.succeeded();
    const session = await this.uow.run(user.orgId, async (tx) => {
      // Held still, so that a session cannot slip in beside a disabling or a change of password.
      const present = await tx
        .repo(User)
        .findOne({ where: { id: user.id }, lock: { mode: 'pessimistic_read' } });
      if (present?.passwordHash !== user.passwordHash) throw badCredentials();
      if (present.disabledAt) throw new DomainError('USER_DISABLED', 401, 'This account is disabled.');
      return this.sessions.start(tx, user.id, credentials);
    });
    const claim = { orgId: user.orgId, sessionId: session.id };
    return {
      ...this.tokens.sign({ ...claim, userId: user.id }),
      refreshToken: makeRefreshToken({ ...claim, generation: 0 }, session.salt, secret),
      deviceToken: known ?? makeDeviceToken(user.id, secret),
      user,
    };
  }
}

const badCredentials = () => new DomainError('BAD_CREDENTIALS', 401, 'E-mail address or password is wrong.');
