import { Conflict, NotFound } from '#kernel';
import { type Tx, violatedConstraint } from '#platform';
import { User } from './user.entity.js';

export const emailTaken = (email: string) => new Conflict('EMAIL_TAKEN', `${email} has an account already.`);
export const workerTaken = () => new Conflict('WORKER_TAKEN', 'That worker has another account.');

/** The user, held until the transaction ends. @throws NotFound also for a deleted one. */
export async function lockUser(tx: Tx, id: string): Promise<User> {
  const user = await tx
    .repo(User)
    .findOne({ where: { id, orgId: tx.orgId }, lock: { mode: 'pessimistic_write' } });
  if (!user || user.deletedAt) throw new NotFound('user');
  return user;
}

/** Writes a user that `lockUser` gave, one version on. */
export async function saveUser(tx: Tx, user: User): Promise<User> {
  const { id, orgId: _, createdAt: __, ...columns } = user;
  const version = user.version + 1;
  try {
    await tx.repo(User).update({ id }, { ...columns, version });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'users_email_unique') throw emailTaken(user.email);
    if (constraint === 'users_worker') throw workerTaken();
    throw error;
  }
  return { ...user, version };
}

/**
 * Before an administrator loses the role or the account: somebody must be left who can let others in. The organisation's
 * row is locked, so that two administrators cannot remove each other at the same moment.
 *
 * @throws Conflict LAST_ADMIN.
 */
export async function keepAnAdmin(tx: Tx, id: string): Promise<void> {
  await tx.sql(`SELECT 1 FROM organizations WHERE org_id = $1 FOR UPDATE`, [tx.orgId]);
  const admins = await tx.sql<{ id: string }>(
    `SELECT id FROM users WHERE org_id = $1 AND role = 'admin' AND disabled_at IS NULL AND deleted_at IS NULL`,
    [tx.orgId],
  );
  if (admins.length === 1 && admins[0]?.id === id)
    throw new Conflict('LAST_ADMIN', 'This is the last administrator; make another one first.');
}
