import { Injectable } from '@nestjs/common';
import { authorize } from '#identity';
import { Conflict, NotFound, newId } from '#kernel';
import { checkVersion, type Principal, type Tx, violatedConstraint } from '#platform';
import { SavedView, SavedViewDefault } from './saved-view.entity.js';

const MAX_OWN_VIEWS = 50;
const MAX_SHARED_VIEWS = 200;

type Fields = Pick<SavedView, 'name' | 'search' | 'shared'>;

/** Views of the desk by name. What is private to one person does not exist for anybody else. */
@Injectable()
export class SavedViewsService {
  /** The caller's own and all shared ones, by name. */
  list(tx: Tx, userId: string): Promise<SavedView[]> {
    return tx
      .repo(SavedView)
      .createQueryBuilder('v')
      .where('v.org_id = :orgId AND (v.owner_id = :userId OR v.shared)', { orgId: tx.orgId, userId })
      .orderBy('lower(v.name)')
      .addOrderBy('v.id')
      .limit(MAX_OWN_VIEWS + MAX_SHARED_VIEWS)
      .getMany();
  }

  /** @throws NotFound also for somebody else's private one. */
  async get(tx: Tx, userId: string, id: string): Promise<SavedView> {
    const view = await tx.repo(SavedView).findOneBy({ id, orgId: tx.orgId });
    if (!view || (view.ownerId !== userId && !view.shared)) throw new NotFound('saved view');
    return view;
  }

  /** @throws Conflict SAVED_VIEW_EXISTS, TOO_MANY_VIEWS */
  async create(tx: Tx, ownerId: string, { name, search, shared }: Fields): Promise<SavedView> {
    await this.lock(tx);
    if ((await tx.repo(SavedView).countBy({ orgId: tx.orgId, ownerId })) >= MAX_OWN_VIEWS)
      throw tooMany(MAX_OWN_VIEWS, 'you may keep');
    if (shared) await this.mayShareOneMore(tx);
    const view = tx.repo(SavedView).create({
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      ownerId,
      name: name.trim(),
      search,
      shared,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    await tx.repo(SavedView).insert(view).catch(refusedOverName);
    return view;
  }

  /** @throws NotFound, Forbidden, Conflict SAVED_VIEW_EXISTS, TOO_MANY_VIEWS or VERSION_CONFLICT */
  async update(
    tx: Tx,
    caller: Principal,
    id: string,
    change: Partial<Fields>,
    version?: number,
  ): Promise<SavedView> {
    await this.lock(tx);
    const view = await this.get(tx, caller.id, id);
    authorize(caller, 'update', 'SavedView', view);
    checkVersion(version, view.version);
    if (change.shared && !view.shared) await this.mayShareOneMore(tx);
    const next = {
      name: (change.name ?? view.name).trim(),
      search: change.search ?? view.search,
      shared: change.shared ?? view.shared,
      version: view.version + 1,
      updatedAt: tx.now,
    };
    await tx.repo(SavedView).update({ id }, next).catch(refusedOverName);
    return Object.assign(view, next);
  }

  /** @throws NotFound, Forbidden */
  async delete(tx: Tx, caller: Principal, id: string): Promise<void> {
    const view = await this.get(tx, caller.id, id);
    authorize(caller, 'delete', 'SavedView', view);
    await tx.repo(SavedViewDefault).delete({ orgId: tx.orgId, viewId: id });
    await tx.repo(SavedView).delete({ id });
  }

  async defaultOf(tx: Tx, userId: string): Promise<string | null> {
    const row = await tx.repo(SavedViewDefault).findOneBy({ orgId: tx.orgId, userId });
    return row?.viewId ?? null;
  }

  /** @throws NotFound */
  async setDefault(tx: Tx, userId: string, id: string): Promise<void> {
    await this.get(tx, userId, id);
    await tx.repo(SavedViewDefault).upsert({ orgId: tx.orgId, userId, viewId: id }, ['orgId', 'userId']);
  }

  /** @throws NotFound */
  async clearDefault(tx: Tx, userId: string, id: string): Promise<void> {
    await this.get(tx, userId, id);
    await tx.repo(SavedViewDefault).delete({ orgId: tx.orgId, userId, viewId: id });
  }

  private async mayShareOneMore(tx: Tx): Promise<void> {
    if ((await tx.repo(SavedView).countBy({ orgId: tx.orgId, shared: true })) >= MAX_SHARED_VIEWS)
      throw tooMany(MAX_SHARED_VIEWS, 'an organisation may share');
  }

  /** Two at a time must not both be the last that is allowed. */
  private async lock(tx: Tx): Promise<void> {
    await tx.sql(`SELECT pg_advisory_xact_lock(hashtext('saved_views'), hashtext($1::text))`, [tx.orgId]);
  }
}

const tooMany = (limit: number, whose: string) =>
  new Conflict('TOO_MANY_VIEWS', `${limit} views are as many as ${whose}.`, { field: 'name', limit });

function refusedOverName(error: unknown): never {
  if (violatedConstraint(error) === 'saved_views_name')
    throw new Conflict('SAVED_VIEW_EXISTS', 'You have a view of this name already.', { field: 'name' });
  throw error;
}
