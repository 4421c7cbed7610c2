import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { UserService } from '#identity';
import { Conflict, Invalid, isBlank, NotFound, newId } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { PhonesService, TerritoryService } from '#territory';
import { SkillsService } from '../skills/skills.service.js';
import { WorkforceService } from '../status/workforce.service.js';
import { workerArchived, workerCreated, workerSkillsChanged, workerUpdated } from '../workforce.facts.js';
import { type PromisedVisit, PromisedVisitsService, type VisitChoice } from './promised-visits.service.js';
import { Worker, WorkerSkill } from './worker.entity.js';

export interface SkillInput {
  skill: string;
  level?: number;
  validUntil?: Date | null;
}

export interface WorkerInput {
  name?: string;
  phone?: string | null;
  externalRef?: string | null;
  userId?: string | null;
  homeAreaIds?: string[];
  languages?: string[];
  equipment?: string[];
  vehicle?: string | null;
  maxOpenAssignments?: number | null;
  dayTaskLimit?: number | null;
}

export type NewWorker = WorkerInput & { name: string; skills?: SkillInput[] };

/** The account of a new worker. */
export interface NewLogin {
  email: string;
  password: string;
}

const DEFAULTS = {
  phone: null,
  externalRef: null,
  userId: null,
  homeAreaIds: [],
  languages: [],
  equipment: [],
  vehicle: null,
  maxOpenAssignments: null,
  dayTaskLimit: null,
};

/** Makes, changes and archives workers. */
@Injectable()
export class WorkersService {
  constructor(
    private readonly users: UserService,
    private readonly territory: TerritoryService,
    private readonly workforce: WorkforceService,
    private readonly visits: PromisedVisitsService,
    private readonly skills: SkillsService,
    private readonly phones: PhonesService,
  ) {}

  /**
   * With `login`, makes the account they sign in with in the same transaction.
   * @throws Conflict WORKER_EXISTS (external reference), ACCOUNT_TAKEN or EMAIL_TAKEN; Invalid naming the field.
   */
  async create(tx: Tx, { skills, ...asked }: NewWorker, login?: NewLogin): Promise<Worker> {
    const input = await this.withPhone(tx, asked);
    if (login && input.userId)
      throw Invalid.field('login', 'either a new log-in or an account that is there already');
    const worker = tx.repo(Worker).create({
      ...DEFAULTS,
      ...input,
      name: input.name.trim(),
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      status: 'off_duty',
      statusSince: tx.now,
      rating: null,
      qualityScore: null,
      suspendedUntil: null,
      silentSince: null,
      archivedAt: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    await this.check(tx, worker);
    if (login) worker.userId = await this.createAccount(tx, worker.name, login);
    await tx.repo(Worker).insert(worker);
    tx.record(workerCreated(worker.id, { workerId: worker.id, homeAreaIds: worker.homeAreaIds }));
    if (worker.userId) await this.users.setWorkerAccount(tx, worker.id, worker.userId);
    if (skills?.length) await this.writeSkills(tx, worker.id, skills);
    return worker;
  }

  /** @throws Conflict PROMISED_VISITS when a visit needs what is taken away, unless `visits` says what becomes of it. */
  async change(
    tx: Tx,
    id: string,
    asked: WorkerInput,
    { expected, visits = 'keep' }: { expected?: number; visits?: VisitChoice } = {},
  ): Promise<Worker> {
    const before = await this.live(tx, id);
    checkVersion(expected, before.version);
    // What was kept before there was a rule for numbers may come back as it is.
    const input = asked.phone === before.phone ? asked : await this.withPhone(tx, asked);
    const changed = (Object.keys(input) as (keyof WorkerInput)[]).filter(
      (name) => input[name] !== undefined && JSON.stringify(input[name]) !== JSON.stringify(before[name]),
    );
    if (changed.length === 0) return before;
    const after = Object.assign(
      new Worker(),
      before,
      Object.fromEntries(changed.map((name) => [name, input[name]])),
      {
        version: before.version + 1,
        updatedAt: tx.now,
      },
    );
    await this.check(tx, after);
    const isLost = (visit: PromisedVisit) => suits(before, visit) && !suits(after, visit);
    if (changed.includes('equipment') || changed.includes('languages'))
      await this.visits.settle(tx, id, {
        isLost,
        choice: visits,
        reason: 'the worker lacks the equipment or the language',
      });
    await tx.repo(Worker).save(after);
    if (changed.includes('userId')) await this.users.setWorkerAccount(tx, id, after.userId);
    tx.record(workerUpdated(id, { workerId: id, version: after.version, changed }));
    return after;
  }

  /**
   * All skills at once: what is not in the list is taken away.
   * @throws Conflict PROMISED_VISITS when a visit needs what is taken away, unless `visits` says what becomes of it.
   */
  async setSkills(
    tx: Tx,
    id: string,
    skills: SkillInput[],
    { expected, visits = 'keep' }: { expected?: number; visits?: VisitChoice } = {},
  ): Promise<Worker> {
    const worker = await this.live(tx, id);
    checkVersion(expected, worker.version);
    const reason = 'the worker lacks the skill';
    const had = await tx.repo(WorkerSkill).findBy({ workerId: id });
    const isLost = (visit: PromisedVisit) => covers(had, visit) && !covers(skills, visit);
    await this.visits.settle(tx, id, { isLost, choice: visits, reason });
    worker.version += 1;
    worker.updatedAt = tx.now;
    await tx.repo(Worker).save(worker);
    await this.writeSkills(tx, id, skills);
    return worker;
  }

  /**
   * They leave: off duty, no account any more. What refers to them can still be read.
   * @throws Conflict PROMISED_VISITS unless their visits are to be released; WORKER_BUSY while one is under way.
   */
  async archive(
    tx: Tx,
    id: string,
    { expected, visits = 'ask' }: { expected?: number; visits?: VisitChoice } = {},
  ): Promise<void> {
    const worker = await this.live(tx, id);
    checkVersion(expected, worker.version);
    // Nobody is there to keep them.
    const choice = visits === 'keep' ? 'ask' : visits;
    const reason = 'the worker has left';
    const left = await this.visits.settle(tx, id, { isLost: () => true, choice, reason });
    const { status } = await this.live(tx, id);
    if (left.length > 0 || status === 'busy') throw new Conflict('WORKER_BUSY', 'This worker is on a job.');
    await this.workforce.setStatus(tx, id, 'off_duty', { reason: 'archived' });
    await this.users.setWorkerAccount(tx, id, null);
    await tx.sql(
      `UPDATE workers SET archived_at = $2, updated_at = $2, user_id = NULL, version = version + 1 WHERE id = $1`,
      [id, tx.now],
    );
    await tx.sql(`DELETE FROM worker_positions WHERE worker_id = $1`, [id]);
    tx.record(workerArchived(id, { workerId: id }));
  }

  /** The row, locked. @throws NotFound */
  async live(tx: Tx, id: string): Promise<Worker> {
    const worker = await tx
      .repo(Worker)
      .findOne({ where: { id, archivedAt: IsNull() }, lock: { mode: 'for_no_key_update' } });
    if (!worker) throw new NotFound('worker');
    return worker;
  }

  private async createAccount(tx: Tx, name: string, login: NewLogin): Promise<string> {
    try {
      const user = await this.users.create({ orgId: tx.orgId, ...login, role: 'worker', name });
      return user.id;
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      throw new Invalid(error.errors.map((fault) => ({ ...fault, field: `login.${fault.field}` })));
    }
  }

  private async withPhone<T extends WorkerInput>(tx: Tx, input: T): Promise<T> {
    if (input.phone === null || input.phone === undefined) return input;
    if (isBlank(input.phone)) return { ...input, phone: null };
    return { ...input, phone: (await this.phones.reader(tx)).read(input.phone, 'phone') };
  }

  private async writeSkills(tx: Tx, workerId: string, skills: SkillInput[]): Promise<void> {
    await this.skills.check(tx, skills);
    const rows = skills.map(({ skill, level = 1, validUntil = null }) => ({
      orgId: tx.orgId,
      workerId,
      skill: skill.trim(),
      level,
      validUntil,
    }));
    await tx.repo(WorkerSkill).delete({ workerId });
    await tx.repo(WorkerSkill).insert(rows);
    const shown = rows.map(({ skill, level, validUntil }) => ({
      skill,
      level,
      validUntil: validUntil?.toISOString() ?? null,
    }));
    tx.record(workerSkillsChanged(workerId, { workerId, skills: shown }));
  }

  private async check(tx: Tx, worker: Worker): Promise<void> {
    if (worker.homeAreaIds.length > 0) {
      const known = new Set((await this.territory.areaNames(tx)).map((area) => area.id));
      const wrong = worker.homeAreaIds.findIndex((id) => !known.has(id));
      if (wrong >= 0) throw Invalid.field(`homeAreaIds[${wrong}]`, 'is not an area here');
    }
    const [other] = await tx.sql<{ id: string; account: boolean }>(
      `SELECT id, user_id = $2 AS account FROM workers
       WHERE archived_at IS NULL AND id <> $1 AND (user_id = $2 OR external_ref = $3)`,
      [worker.id, worker.userId, worker.externalRef],
    );
    if (other?.account)
      throw new Conflict('ACCOUNT_TAKEN', 'That account belongs to another worker.', { workerId: other.id });
    if (other)
      throw new Conflict('WORKER_EXISTS', `There is a worker ${worker.externalRef} already.`, {
        workerId: other.id,
      });
  }
}

/** Whether these skills are enough for the visit, each certificate valid through its end. */
/** Has the worker what the visit asks for, certificates aside? */
const suits = (
  { equipment, languages }: Pick<Worker, 'equipment' | 'languages'>,
  visit: PromisedVisit,
): boolean =>
  visit.equipment.every((thing) => equipment.includes(thing)) &&
  (visit.language === null || languages.includes(visit.language));

const covers = (
  held: readonly { skill: string; level?: number; validUntil?: Date | null }[],
  { skills, endsAt }: PromisedVisit,
): boolean =>
  skills.every((need) =>
    held.some(
      ({ skill, level = 1, validUntil = null }) =>
        skill.trim() === need.skill && level >= (need.level ?? 1) && (!validUntil || validUntil >= endsAt),
    ),
  );
