import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Conflict, Invalid, isBlank, isId, NotFound, newId } from '#kernel';
import { checkVersion, ROLES, type Role, type Tx, UnitOfWork } from '#platform';
import { AccessRevokedService } from '../access/access-revoked.service.js';
import {
  userAreasChanged,
  userCreated,
  userRoleChanged,
  userUpdated,
  userWorkerChanged,
} from '../identity.facts.js';
import { checkPassword, normalEmail } from '../secrets/credentials.js';
import { PasswordsService } from '../secrets/passwords.service.js';
import { AreaDirectoryService } from './area-directory.service.js';
import { User } from './user.entity.js';
import { emailTaken, keepAnAdmin, lockUser, saveUser, workerTaken } from './user-rows.server.js';
import { WorkerDirectoryService } from './worker-directory.service.js';

export const LOCALES = ['en', 'zh-CN'] as const;
const NAME_MAX = 200;

/** Whoever's these change comes back into other rooms. */
const RIGHTS: readonly string[] = ['role', 'workerId', 'areaIds'];

export interface NewUser {
  orgId: string;
  email: string;
  password: string;
  name: string;
  role: Role;
  workerId?: string | null;
  areaIds?: string[];
  locale?: string;
}

export interface UserChange {
  email?: string;
  name?: string;
  role?: Role;
  workerId?: string | null;
  areaIds?: string[];
  locale?: string;
}

export interface UserFilter {
  role?: Role;
  /** Part of a name or e-mail address. */
  search?: string;
  limit: number;
  after?: [string, string];
}

/** People who sign in: make, find, change. */
@Injectable()
export class UserService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly passwords: PasswordsService,
    private readonly accessRevoked: AccessRevokedService,
    private readonly workerDirectory: WorkerDirectoryService,
    private readonly areaDirectory: AreaDirectoryService,
  ) {}

  /**
   * Also for the operations CLI and the demo: checks everything itself.
   * @throws Invalid naming the field; Conflict EMAIL_TAKEN, WORKER_TAKEN.
   */
  async create(wanted: NewUser): Promise<User> {
    const { orgId, role, workerId = null } = wanted;
    const email = normalEmail(wanted.email);
    checkPassword(wanted.password, email);
    const name = checkName(wanted.name);
    if (!ROLES.includes(role)) throw Invalid.field('role', 'is not a role', ROLES.join(', '));
    if (workerId !== null && !isId(workerId)) throw Invalid.field('workerId', 'must be an id or null');
    const passwordHash = await this.passwords.hash(wanted.password);
    return this.uow.run(orgId, async (tx) => {
      if (workerId !== null) await this.workerDirectory.check(tx, workerId);
      const areaIds = await this.areaDirectory.check(tx, role, wanted.areaIds);
      const user = tx.repo(User).create({
        id: newId(),
        orgId,
        version: 1,
        email,
        name,
        role,
        workerId,
        areaIds,
        locale: wanted.locale ?? 'en',
        passwordHash,
        disabledAt: null,
        deletedAt: null,
        createdAt: tx.now,
      });
      const made = await tx
        .repo(User)
        .createQueryBuilder()
        .insert()
        .values(user)
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) throw await taken(tx, email, workerId);
      tx.record(userCreated(user.id, { role, workerId }));
      return user;
    });
  }

  /** @throws NotFound also for a deleted user. */
  async get(tx: Tx, id: string): Promise<User> {
    const user = await tx.repo(User).findOneBy({ id, orgId: tx.orgId });
    if (!user || user.deletedAt) throw new NotFound('user');
    return user;
  }

  /** By e-mail address, in one organisation; for the CLI and seeding. */
  async byEmail(tx: Tx, email: string): Promise<User | null> {
    return tx.repo(User).findOneBy({ email: normalEmail(email), orgId: tx.orgId });
  }

  async page(tx: Tx, { role, search, limit, after }: UserFilter): Promise<User[]> {
    const query = tx
      .repo(User)
      .createQueryBuilder('u')
      .where('u.orgId = :orgId AND u.deletedAt IS NULL', { orgId: tx.orgId })
      .orderBy('u.createdAt')
      .addOrderBy('u.id')
      .limit(limit + 1);
    if (role) query.andWhere('u.role = :role', { role });
    if (search)
      query.andWhere('(position(:search in lower(u.name)) > 0 OR position(:search in u.email) > 0)', {
        search: search.toLowerCase(),
      });
    if (after) query.andWhere('(u.createdAt, u.id) > (:at, :id)', { at: after[0], id: after[1] });
    return query.getMany();
  }

  /** @throws Invalid naming the field; Conflict VERSION_CONFLICT, EMAIL_TAKEN, WORKER_TAKEN, LAST_ADMIN. */
  async change(tx: Tx, id: string, change: UserChange, expected?: number): Promise<User> {
    if (change.role && change.role !== 'admin') await keepAnAdmin(tx, id);
    const before = await lockUser(tx, id);
    checkVersion(expected, before.version);
    const user: User = {
      ...before,
      ...(change.email === undefined ? {} : { email: normalEmail(change.email) }),
      ...(change.name === undefined ? {} : { name: checkName(change.name) }),
      ...(change.role === undefined ? {} : { role: change.role }),
      ...(change.locale === undefined ? {} : { locale: change.locale }),
      ...(change.workerId === undefined ? {} : { workerId: change.workerId }),
    };
    // Another role is bound to nothing.
    user.areaIds =
      change.areaIds !== undefined || user.role !== 'area_manager'
        ? await this.areaDirectory.check(tx, user.role, change.areaIds)
        : before.areaIds;
    const fields = (['email', 'name', 'role', 'locale', 'workerId', 'areaIds'] as const).filter(
      (field) => String(user[field]) !== String(before[field]),
    );
    if (fields.length === 0) return before;
    if (fields.includes('workerId') && user.workerId !== null)
      await this.workerDirectory.check(tx, user.workerId);
    const saved = await saveUser(tx, user);
    tx.record(userUpdated(id, { fields, version: saved.version }));
    if (fields.includes('role')) tx.record(userRoleChanged(id, { from: before.role, to: user.role }));
    if (fields.includes('workerId')) tx.record(userWorkerChanged(id, { workerId: user.workerId }));
    if (fields.includes('areaIds')) tx.record(userAreasChanged(id, { areaIds: user.areaIds }));
    if (fields.some((field) => RIGHTS.includes(field))) this.accessRevoked.announce(tx, { userId: id });
    return saved;
  }

  /** Makes `userId` the account of a worker (null: none) and unlinks the one before. For later stages. */
  async setWorkerAccount(tx: Tx, workerId: string, userId: string | null): Promise<void> {
    const before = await tx.repo(User).findOneBy({ workerId, orgId: tx.orgId, deletedAt: IsNull() });
    if (before && before.id !== userId) await this.change(tx, before.id, { workerId: null });
    if (userId) await this.change(tx, userId, { workerId });
  }

  /** The worker whose account this is, which stays so until the transaction ends; null also for a deleted user. */
  async lockWorkerId(tx: Tx, id: string): Promise<string | null> {
    const user = await tx.repo(User).findOne({
      where: { id, orgId: tx.orgId, deletedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
    return user?.workerId ?? null;
  }
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (isBlank(trimmed) || trimmed.length > NAME_MAX)
    throw Invalid.field('name', `must be 1 to ${NAME_MAX} characters`, NAME_MAX, {
      code: 'IS_LENGTH',
      values: { least: 1, most: NAME_MAX },
    });
  return trimmed;
}

async function taken(tx: Tx, email: string, workerId: string | null): Promise<Conflict> {
  const other = workerId !== null && (await tx.repo(User).existsBy({ workerId, orgId: tx.orgId }));
  return other ? workerTaken() : emailTaken(email);
}
