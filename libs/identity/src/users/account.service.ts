import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import { checkVersion, ERASED_NAME, Erasure, type Tx } from '#platform';
import { AccessRevokedService } from '../access/access-revoked.service.js';
import { passwordChanged, userDeleted, userDisabled, userEnabled } from '../identity.facts.js';
import { SignInLimitsService } from '../limits/sign-in-limits.service.js';
import { checkPassword } from '../secrets/credentials.js';
import { PasswordsService } from '../secrets/passwords.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { User } from './user.entity.js';
import { keepAnAdmin, lockUser, saveUser } from './user-rows.server.js';

/** What happens to somebody's account: disabled, enabled, deleted, given another password. */
@Injectable()
export class AccountService {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly limits: SignInLimitsService,
    private readonly accessRevoked: AccessRevokedService,
    private readonly erasure: Erasure,
  ) {}

  /** Ends everything the user has open. @throws Conflict LAST_ADMIN. */
  async disable(tx: Tx, id: string, expected?: number): Promise<User> {
    await keepAnAdmin(tx, id);
    const user = await lockUser(tx, id);
    checkVersion(expected, user.version);
    if (user.disabledAt) return user;
    const saved = await saveUser(tx, { ...user, disabledAt: tx.now });
    tx.record(userDisabled(id, { role: user.role }));
    await this.revokeAccess(tx, id);
    return saved;
  }

  async enable(tx: Tx, id: string, expected?: number): Promise<User> {
    const user = await lockUser(tx, id);
    checkVersion(expected, user.version);
    if (!user.disabledAt) return user;
    const saved = await saveUser(tx, { ...user, disabledAt: null });
    tx.record(userEnabled(id, { role: user.role }));
    return saved;
  }

  /** Takes everything personal away, here and in every other stage; the id stays for the log. @throws Conflict LAST_ADMIN. */
  async delete(tx: Tx, id: string, expected?: number): Promise<void> {
    await keepAnAdmin(tx, id);
    const user = await lockUser(tx, id);
    checkVersion(expected, user.version);
    await saveUser(tx, {
      ...user,
      email: `deleted-${id}@deleted.invalid`,
      name: ERASED_NAME,
      passwordHash: '',
      workerId: null,
      areaIds: [],
      disabledAt: user.disabledAt ?? tx.now,
      deletedAt: tx.now,
    });
    tx.record(userDeleted(id, { role: user.role }));
    await this.revokeAccess(tx, id);
    await this.erasure.user(tx, user);
  }

  /**
   * A user's own change: proves the present password and ends every other session.
   * @throws Invalid naming `currentPassword` or `newPassword`; 429 after too many tries.
   */
  async changeOwnPassword(
    tx: Tx,
    who: { userId: string; sessionId?: string },
    passwords: { currentPassword: string; newPassword: string },
  ): Promise<void> {
    const attempt = await this.limits.known(`password|${who.userId}`);
    const user = await lockUser(tx, who.userId);
    if (!(await this.passwords.matches(passwords.currentPassword, user.passwordHash)))
      throw Invalid.field('currentPassword', 'is not your password', undefined, { code: 'WRONG_PASSWORD' });
    await attempt.succeeded();
    await this.setPassword(tx, user, passwords.newPassword, 'newPassword');
    tx.record(passwordChanged(user.id, { userId: user.id, by: 'self' }));
    await this.sessions.endAll(tx, user.id, 'password_changed', who.sessionId);
  }

  /** An administrator's, or the CLI's, new password for somebody: ends all their sessions. */
  async resetPassword(tx: Tx, id: string, password: string, by: 'admin' | 'cli'): Promise<void> {
    const user = await lockUser(tx, id);
    await this.setPassword(tx, user, password, 'password');
    tx.record(passwordChanged(id, { userId: id, by }));
    await this.sessions.endAll(tx, id, 'password_changed');
  }

  private async setPassword(tx: Tx, user: User, password: string, field: string): Promise<void> {
    checkPassword(password, user.email, field);
    await saveUser(tx, { ...user, passwordHash: await this.passwords.hash(password) });
  }

  private async revokeAccess(tx: Tx, userId: string): Promise<void> {
    await this.sessions.endAll(tx, userId, 'user_disabled');
    this.accessRevoked.announce(tx, { userId });
  }
}
