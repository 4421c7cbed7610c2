import { Client, type DatabaseError } from 'pg';
import { UsageError } from './usage-error.js';

const DEADLOCK = '40P01';
const MOST_TRIES = 10;

interface DemoOptions {
  workers?: number;
  /** How many days of past visits; a month by default. */
  historyDays?: number;
}

const HISTORY_DAYS = 30;

/** Makes the demo organisation, the first time only; one that was left half-made is finished. */
export async function seedDemo(options: DemoOptions = {}): Promise<void> {
  const made = !(await isComplete()) && (await fill(options));
  console.log(made ? 'the demo organisation is ready' : 'the demo organisation is there already');
}

/** Removes everything the demo organisation holds and makes it afresh. Needs the role that owns the tables. */
export async function resetDemo(options: DemoOptions = {}): Promise<void> {
  const ownerUrl = process.env.DATABASE_OWNER_URL;
  if (!ownerUrl) throw new UsageError('set DATABASE_OWNER_URL to the role that owns the tables');
  const erased = await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string; is_demo: boolean }>(
      `SELECT org_id AS id, is_demo FROM organizations WHERE slug = 'demo'`,
    );
    if (rows[0] && !rows[0].is_demo)
      throw new UsageError('the organisation demo is not a demo; it stays as it is');
    if (rows[0]) await erase(client, rows[0].id);
    return rows[0]?.id;
  });
  await fill(options, erased);
  console.log('the demo organisation is ready');
}

async function fill({ workers, historyDays = HISTORY_DAYS }: DemoOptions, erased?: string): Promise<boolean> {
  const { withApp } = await import('./context.js');
  const { makeDemo } = await import('./demo/make.js');
  const { DEMO_WORKERS } = await import('./demo/people.js');
  const { Media } = await import('#platform');
  return withApp(async (app) => {
    if (erased) await app.get(Media).eraseAll(erased);
    return makeDemo(app, { workers: workers ?? DEMO_WORKERS, historyDays });
  });
}

/** Asked before anything is loaded, because every start asks it. Without the owner's address nobody can say yet. */
async function isComplete(): Promise<boolean> {
  const ownerUrl = process.env.DATABASE_OWNER_URL;
  if (!ownerUrl) return false;
  return asOwner(ownerUrl, async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM organizations o JOIN users u USING (org_id)
       WHERE o.slug = 'demo' AND o.is_demo AND u.email = 'admin@demo.test'`,
    );
    return rowCount === 1;
  });
}

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The tables with an `org_id` are exactly the tenant tables; partitions go with their parents. */
async function erase(client: Client, orgId: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attname = 'org_id' AND NOT a.attisdropped ORDER BY 1`,
  );
  for (let tries = 1; ; tries++) {
    try {
      await client.query('BEGIN');
      for (const { name } of rows)
        await client.query(`DELETE FROM ${client.escapeIdentifier(name)} WHERE org_id = $1`, [orgId]);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      // The city that lives in it meanwhile takes its locks in another order: one of the two is asked to begin again.
      if ((error as DatabaseError).code !== DEADLOCK || tries === MOST_TRIES) throw error;
    }
  }
}
