import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import { checkVersion, ERASED_NAME, Erasure, type Tx } from '#platform';
import { AccessEnded } from '../access/access-ended.js';
import { PasswordChanged, UserDeleted, UserDisabled, UserEnabled } from '../identity.facts.js';
import { SignInLimits } from '../limits/sign-in-limits.js';
import { checkPassword } from '../rules/credentials.js';
import { Passwords } from '../secrets/passwords.js';
import { Sessions } from '../sessions/sessions.js';
import type { User } from './user.entity.js';
import { keepAnAdmin, lockUser, saveUser } from './user-rows.js';

/** What happens to somebody's account: disabled, enabled, deleted, given another password. */
@Injectable()
export class AccountService {
  constructor(
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly limits: SignInLimits,
    private readonly ended: AccessEnded,
    private readonly erasure: Erasure,
  ) {}

  /** Ends everything the user has open. @throws Conflict LAST_ADMIN. */
  async disable(tx: Tx, id: string, expected?: number): Promise<User> {
    await keepAnAdmin(tx, id);
    const user = await lockUser(tx, id);
    checkVersion(expected, user.version);
    if (user.disabledAt) return user;
    const saved = await saveUser(tx, { ...user, disabledAt: tx.now });
    tx.record(UserDisabled(id, { role: user.role }));
    await this.shutOut(tx, id);
    return saved;
  }

  async enable(tx: Tx, id: string, expected?: number): Promise<User> {
    const user = await lockUser(tx, id);
    checkVersion(expected, user.version);
    if (!user.disabledAt) return user;
    const saved = await saveUser(tx, { ...user, disabledAt: null });
    tx.record(UserEnabled(id, { role: user.role }));
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
    tx.record(UserDeleted(id, { role: user.role }));
    await this.shutOut(tx, id);
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
    tx.record(PasswordChanged(user.id, { userId: user.id, by: 'self' }));
    await this.sessions.endAll(tx, user.id, 'password_changed', who.sessionId);
  }

  /** An administrator's, or the CLI's, new password for somebody: ends all their sessions. */
  async resetPassword(tx: Tx, id: string, password: string, by: 'admin' | 'cli'): Promise<void> {
    const user = await lockUser(tx, id);
    await this.setPassword(tx, user, password, 'password');
    tx.record(PasswordChanged(id, { userId: id, by }));
    await this.sessions.endAll(tx, id, 'password_changed');
  }

  private async setPassword(tx: Tx, user: User, password: string, field: string): Promise<void> {
    checkPassword(password, user.email, field);
    await saveUser(tx, { ...user, passwordHash: await this.passwords.hash(password) });
  }

  private async shutOut(tx: Tx, userId: string): Promise<void> {
    await this.sessions.endAll(tx, userId, 'user_disabled');
    this.ended.announce(tx, { userId });
  }
}
