import type { EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import { newId } from '#kernel';
import { type RecurringPlan, scheduleRecurring } from '../deadlines/recurring-deadlines.js';
import type { NewFact } from '../facts/fact.js';
import { type SealedTexts, sealTexts } from '../facts/fact-texts.js';
import { type Actor, requestContext } from './request-context.js';

/** @internal */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Written by one statement: many make a text that takes long to write. */
const FACTS_TOGETHER = 500;

/**
 * One open transaction of one organisation: the only way to a repository. Row-level security sees `orgId`; facts and
 * deadlines recorded here commit or vanish with the rows they speak of.
 */
export class Tx {
  private readonly facts: (NewFact & { actor: Actor })[] = [];
  private readonly hooks: (() => void)[] = [];
  private readonly lastWork: (() => Promise<void>)[] = [];
  private readonly loaded = new Map<object, Promise<unknown>>();
  private attempts = 0;

  constructor(
    readonly orgId: string,
    readonly manager: EntityManager,
    /** The business clock when the transaction began. */
    readonly now: Date,
  ) {}

  repo<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  async sql<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(text, parameters);
    // TypeORM answers [rows, count] for UPDATE and DELETE, rows for the rest.
    if (
      Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number'
    )
      return result[0] as Row[];
    return result as Row[];
  }

  /**
   * What is read by many and changed by few, settings for instance: loaded once in this transaction under `key`. Whoever
   * changes it says `forget`.
   */
  once<T>(key: object, load: () => Promise<T>): Promise<T> {
    const loaded = (this.loaded.get(key) as Promise<T> | undefined) ?? load();
    this.loaded.set(key, loaded);
    return loaded;
  }

  forget(key: object): void {
    this.loaded.delete(key);
  }

  /**
   * What a caller bound to areas may not see, but what they ask for depends on: the shapes of all areas, say. Nothing of it
   * may reach them.
   */
  async unbound<T>(work: () => Promise<T>): Promise<T> {
    const areaIds = requestContext.areaIds();
    if (!areaIds) return work();
    await this.manager.query(`SELECT set_config('app.areas', '', true)`);
    try {
      return await work();
    } finally {
      await this.manager.query(`SELECT set_config('app.areas', $1, true)`, [`{${areaIds.join(',')}}`]);
    }
  }

  /** Writes down that something happened; it gets its place in the log after the commit. */
  record(...facts: NewFact[]): void {
    const actor = requestContext.actor();
    for (const fact of facts) this.facts.push({ ...fact, actor });
  }

  /** Does `work`, or leaves nothing of it behind (rows, facts, hooks) and throws what it threw. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const [facts, hooks] = [this.facts.length, this.hooks.length];
    const name = `attempt_${++this.attempts}`;
    await this.manager.query(`SAVEPOINT ${name}`);
    try {
      const result = await work();
      await this.manager.query(`RELEASE SAVEPOINT ${name}`);
      return result;
    } catch (error) {
      await this.manager.query(`ROLLBACK TO SAVEPOINT ${name}`);
      this.facts.length = facts;
      this.hooks.length = hooks;
      throw error;
    }
  }

  /** Calls the deadline handler of `kind` with `subjectId` once `at` has come; a later call moves the time. */
  schedule(kind: string, subjectId: string, at: Date): Promise<void> {
    return this.scheduleAll(kind, [{ subjectId, at }]);
  }

  /** The same for many subjects, each named once, by one statement. */
  async scheduleAll(kind: string, deadlines: readonly { subjectId: string; at: Date }[]): Promise<void> {
    if (deadlines.length === 0) return;
    await this.manager.query(
      `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at)
       SELECT $1, $2, subject_id, at, at FROM unnest($3::uuid[], $4::timestamptz[]) AS list(subject_id, at) ORDER BY subject_id
       ON CONFLICT (org_id, kind, subject_id)
       DO UPDATE SET planned_at = excluded.planned_at, due_at = excluded.due_at, attempts = 0, recurring = NULL`,
      [this.orgId, kind, deadlines.map(({ subjectId }) => subjectId), deadlines.map(({ at }) => at)],
    );
  }

  /**
   * Calls the deadline handler of `kind` at each occurrence after now, until `unschedule`. Returns the first one, or null
   * if there is none.
   */
  scheduleRecurring(kind: string, subjectId: string, plan: RecurringPlan): Promise<Date | null> {
    return scheduleRecurring(this, kind, subjectId, plan);
  }

  /**
   * Takes a deadline back. One whose handler runs at this moment holds its row and may wait for what this transaction has
   * locked, so it is let run: it finds the new state and does nothing.
   */
  async unschedule(kind: string, subjectId: string): Promise<void> {
    await this.manager.query(
      `DELETE FROM deadlines WHERE (org_id, kind, subject_id) IN (
         SELECT org_id, kind, subject_id FROM deadlines
         WHERE org_id = $1 AND kind = $2 AND subject_id = $3 FOR UPDATE SKIP LOCKED)`,
      [this.orgId, kind, subjectId],
    );
  }

  /**
   * Work for just before the commit: rows that many transactions write are then held for the shortest time. It is done even
   * when the `attempt` that asked for it was undone, so it must be harmless.
   */
  beforeCommit(work: () => Promise<void>): void {
    this.lastWork.push(work);
  }

  /** A hint to send once the rows are safe; losing it must be harmless. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** @internal the unit of work calls this before COMMIT. Answers the last statements, which may go out together with it. */
  async flush(): Promise<Statement[]> {
    for (const work of this.lastWork) await work();
    const occurredAt = requestContext.get()?.occurredAt;
    let statements: Statement[] = [];
    for (let i = 0; i < this.facts.length; i += FACTS_TOGETHER) {
      for (const { text, values } of statements) await this.manager.query(text, values);
      statements = this.factStatements(this.facts.slice(i, i + FACTS_TOGETHER), occurredAt);
    }
    return statements;
  }

  /** @internal */
  get hasRecorded(): boolean {
    return this.facts.length > 0;
  }

  /** @internal */
  committed(): void {
    for (const hook of this.hooks) hook();
  }

  private factStatements(recorded: Tx['facts'], occurredAt: Date | undefined): Statement[] {
    const facts = recorded.map((fact) => {
      const { data, beside } = sealTexts(fact.data);
      return { ...fact, id: newId(), occurredAt: fact.occurredAt ?? occurredAt ?? this.now, data, beside };
    });
    const insert = {
      text: `INSERT INTO facts (id, org_id, type, schema_version, subject_type, subject_id, about, actor, data, occurred_at, recorded_at)
       SELECT (f->>'id')::uuid, $1, f->>'type', (f->>'schemaVersion')::smallint, f->>'subjectType', (f->>'subjectId')::uuid,
              ARRAY(SELECT jsonb_array_elements_text(f->'about')::uuid), f->'actor', f->'data', (f->>'occurredAt')::timestamptz, $3
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS list(f, n) ORDER BY n`,
      values: [this.orgId, JSON.stringify(facts.map(({ beside: _, ...fact }) => fact)), this.now],
    };
    return [insert, ...this.textStatements(facts)];
  }

  /** What people typed stands beside the log, where it can be erased. */
  private textStatements(
    facts: { id: string; subjectId: string; data: unknown; beside: SealedTexts | null }[],
  ): Statement[] {
    const typed = facts.flatMap(({ id, subjectId, data, beside }) => {
      const { jobId, workerId } = data as { jobId?: string; workerId?: string };
      return beside ? [{ id, subjectId, jobId, workerId, ...beside }] : [];
    });
    if (typed.length === 0) return [];
    const text = `INSERT INTO fact_texts (org_id, fact_id, subject_id, job_id, worker_id, salt, texts, recorded_at)
       SELECT $1, (t->>'id')::uuid, (t->>'subjectId')::uuid, (t->>'jobId')::uuid, (t->>'workerId')::uuid, t->>'salt',
              t->'texts', $3
       FROM jsonb_array_elements($2::jsonb) AS list(t)`;
    return [{ text, values: [this.orgId, JSON.stringify(typed), this.now] }];
  }
}
