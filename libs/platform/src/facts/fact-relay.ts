import { Injectable, Logger } from '@nestjs/common';
import type { Client } from 'pg';
import { Env } from '#config/env';
import { PgListener } from '../database/pg-listener.js';
import { PreparedClient } from '../database/prepared-client.js';
import { PeriodicTask } from '../periodic-task.js';
import { factHash, GENESIS } from './fact-hash.js';
import { FactHops } from './fact-hops.js';
import { FACT_COLUMNS, type StoredFact, toFact } from './fact-log.js';
import { JournalStates } from './journal-states.js';

const RELAY_LOCK = 7_401_001;
const BATCH = 2_000;
/** A log that cannot go on is tried less and less often, at least once a minute. */
const MAX_PAUSE_MS = 60_000;

interface Stalled {
  failures: number;
  /** Wall time before which it is left alone. */
  until: number;
}

/**
 * Gives each committed fact its gapless place in its organisation's log and its link in the hash chain. Any number of
 * processes run a relay; a Postgres advisory lock lets one of them work, and its connection holds the lock, so that a
 * relay that dies or is cut off can no longer write. A log that cannot go on stops nobody else's.
 */
@Injectable()
export class FactRelay {
  private readonly logger = new Logger(FactRelay.name);
  private client: Client | null = null;
  private readonly stalled = new Map<string, Stalled>();
  private readonly task = new PeriodicTask({
    name: 'fact relay',
    everyMs: 500,
    run: () => this.runOnce(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly env: Env,
    private readonly listener: PgListener,
    private readonly states: JournalStates,
    private readonly hops: FactHops,
  ) {}

  async start(): Promise<void> {
    this.stopListening = await this.listener.listen('facts_recorded', () => this.task.trigger());
    this.task.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.task.stop();
    await this.client?.end().catch(() => undefined);
    this.client = null;
  }

  private async runOnce(): Promise<void> {
    const client = await this.lockHolder();
    if (!client) return;
    try {
      const { rows } = await client.query<{ org: string }>(`SELECT pending_fact_orgs() AS org`);
      for (const { org } of rows)
        if (Date.now() >= (this.stalled.get(org)?.until ?? 0)) await this.sequenceAll(client, org);
    } catch (error) {
      // The transaction may be half open: give the connection up, and the lock with it.
      this.client = null;
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** @throws only when the connection itself is of no more use */
  private async sequenceAll(client: Client, orgId: string): Promise<void> {
    try {
      while ((await this.sequence(client, orgId)) === BATCH);
      if (this.stalled.delete(orgId)) await this.states.relayWorks(orgId);
    } catch (error) {
      await client.query('ROLLBACK');
      const failures = (this.stalled.get(orgId)?.failures ?? 0) + 1;
      const pauseMs = Math.min(250 * 2 ** failures, MAX_PAUSE_MS);
      this.stalled.set(orgId, { failures, until: Date.now() + pauseMs });
      this.logger.error(`the log of ${orgId} cannot go on: ${String(error)}`, (error as Error).stack);
      await this.states.relayFailed(orgId, String(error));
    }
  }

  private async lockHolder(): Promise<Client | null> {
    if (this.client) return this.client;
    const client: Client = new PreparedClient({
      connectionString: this.env.DATABASE_URL,
      application_name: 'doorstep-relay',
      pipeline: true,
    });
    client.on('error', () => {
      if (this.client === client) this.client = null;
    });
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>(`SELECT pg_try_advisory_lock($1) AS got`, [
      RELAY_LOCK,
    ]);
    if (!rows[0]?.got) {
      await client.end();
      return null;
    }
    this.client = client;
    return client;
  }

  /** @returns how many facts got their place. */
  private async sequence(client: Client, orgId: string): Promise<number> {
    // Sent together: none of the four depends on the answer of another.
    const [, , head, { rows }] = await Promise.all([
      client.query('BEGIN'),
      client.query(`SELECT set_config('app.org_id', $1, true)`, [orgId]),
      client.query<{ seq: string; hash: Buffer }>(
        `SELECT seq, hash FROM fact_heads WHERE org_id = $1 FOR UPDATE`,
        [orgId],
      ),
      client.query<StoredFact>(
        `SELECT ${FACT_COLUMNS} FROM facts WHERE org_id = $1 AND seq IS NULL ORDER BY position LIMIT ${BATCH}`,
        [orgId],
      ),
    ]);
    let seq = Number(head.rows[0]?.seq ?? 0);
    let hash = head.rows[0]?.hash ?? GENESIS;
    const placed = rows.map((row) => {
      const previous = hash;
      seq += 1;
      hash = factHash({ ...toFact(row), seq }, previous);
      return { position: row.position, seq, previous, hash };
    });
    // Where one of these is refused, Postgres refuses those after it, and the last undoes all of them.
    const written =
      placed.length === 0
        ? []
        : [
            client.query(
              `UPDATE facts f SET seq = v.seq, prev_hash = v.prev_hash, hash = v.hash
               FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[]) AS v(position, seq, prev_hash, hash)
               WHERE f.position = v.position`,
              [
                placed.map((p) => p.position),
                placed.map((p) => p.seq),
                placed.map((p) => p.previous),
                placed.map((p) => p.hash),
              ],
            ),
            client.query(
              `INSERT INTO fact_heads (org_id, seq, hash) VALUES ($1, $2, $3)
               ON CONFLICT (org_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
              [orgId, seq, hash],
            ),
            client.query(`SELECT pg_notify('facts_sequenced', $1)`, [JSON.stringify({ orgId, seq })]),
          ];
    await Promise.all([...written, client.query('COMMIT')]);
    this.hops.reached('placed', rows[0] && toFact(rows[0]));
    return placed.length;
  }
}
