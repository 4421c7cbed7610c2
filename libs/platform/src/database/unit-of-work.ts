import { Inject, Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { type Clock, DomainError, isId } from '#kernel';
import { CLOCK } from '../clock/clock.token.js';
import { isLostConnection } from '../http/as-domain-error.js';
import { PgNotifier } from './pg-notifier.js';
import { isOutdatedPlan } from './prepared-client.js';
import { requestContext } from './request-context.js';
import { type Statement, Tx } from './tx.js';

/** A transaction that Postgres gave up for another's sake, or for an outdated plan, is done over, so many times in all. */
const ATTEMPTS = 4;
const GIVEN_UP = new Set(['40P01', '40001']);

/**
 * Opens the one transaction in which a command or handler does all its work. The organisation, and the areas of a caller who
 * is bound to some, are set for that transaction only, so that a connection handed back to the pool carries nobody's rights. A unit of work inside
 * another of the same organisation joins it. Of two that waited for each other Postgres gives one up; that one is done
 * over from its first line, so `work` must leave nothing behind but rows.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly notifier: PgNotifier,
  ) {}

  async run<T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const open = requestContext.get()?.tx;
    if (open) {
      if (open.orgId !== orgId) throw new Error('a unit of work cannot span two organisations');
      return work(open);
    }
    if (!isId(orgId)) throw new Error('a unit of work needs an organisation');
    return this.transaction(
      [orgId, bounds()],
      `SELECT set_config('app.org_id', $1, true), set_config('app.areas', $2, true)`,
      work,
    );
  }

  /**
   * Reads the rows that a holder of `secret` (an e-mail address at sign-in, a token's hash) may find without knowing
   * the organisation yet. Nothing else is visible.
   */
  async lookUp<T>(secret: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(
      [secret],
      `SELECT set_config('app.org_id', '', true), set_config('app.lookup', $1, true)`,
      work,
    );
  }

  private async transaction<T>(keys: string[], settings: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.attempt(keys, settings, work);
      } catch (error) {
        if (attempt === ATTEMPTS || !wasGivenUp(error)) throw error;
      }
  }

  private async attempt<T>(keys: string[], settings: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let open = false;
    try {
      const connection: Client = await runner.connect();
      const begun = begin(connection, settings, keys);
      open = true;
      // TypeORM asks this before it begins a transaction of its own.
      (runner as { isTransactionActive: boolean }).isTransactionActive = true;
      const tx = new Tx(keys[0]!, runner.manager, this.clock.now());
      const result = await requestContext.with({ tx }, () => work(tx));
      await begun;
      const last = await tx.flush();
      open = false;
      await commit(connection, last);
      if (tx.hasRecorded) this.notifier.factsRecorded();
      tx.committed();
      return result;
    } catch (error) {
      if (open) await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/**
 * Begins a transaction and sends its settings; neither answer is waited for before the first statement of the work goes out
 * behind them. Were the settings refused, the transaction would be void, and whatever comes after them refused as well.
 */
function begin(connection: Client, settings: string, keys: string[]): Promise<unknown> {
  const sent = Promise.all([connection.query('BEGIN'), connection.query(settings, keys)]);
  // Whoever asks next hears of it.
  sent.catch(() => undefined);
  return sent;
}

/**
 * Sends the last statements and COMMIT together. Where one of the statements is refused, COMMIT undoes everything, and the
 * refusal is what is thrown. A connection that is lost by then leaves it unknown what became of them.
 */
async function commit(connection: Client, statements: readonly Statement[]): Promise<void> {
  const sent = statements.map(({ text, values }) =>
    connection.query(text, values).catch((error: Error) => {
      throw isLostConnection(error) ? error : new QueryFailedError(text, values, error);
    }),
  );
  const committed = connection.query('COMMIT');
  for (const outcome of await Promise.allSettled([...sent, committed]))
    if (outcome.status === 'rejected')
      throw isLostConnection(outcome.reason) ? outcomeUnknown() : outcome.reason;
  // So Postgres answers when a statement had failed before and nobody said so.
  if ((await committed).command === 'ROLLBACK') throw new Error('a statement had failed: nothing was saved');
}

/** As Postgres writes a list; empty text: bound to nothing. */
const bounds = (): string => {
  const areaIds = requestContext.areaIds();
  return areaIds ? `{${areaIds.join(',')}}` : '';
};

const outcomeUnknown = () =>
  new DomainError(
    'DATABASE_UNAVAILABLE',
    503,
    'The database was lost while this was being saved; send the same request again, with the same Idempotency-Key.',
    { retryAfterSeconds: 2 },
  );

/** Did Postgres give the transaction up for another's sake? */
export const wasGivenUp = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  (GIVEN_UP.has((error.driverError as { code?: string }).code ?? '') || isOutdatedPlan(error.driverError));
