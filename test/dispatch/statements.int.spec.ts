import pg from 'pg';
import { withClient } from '#scripts/lib/database';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { eventually } from '../support/client.js';

/**
 * What one job costs from the request that creates it to its offer in the log, in statements of its organisation's
 * transactions, BEGIN and COMMIT among them. Every one is a round trip or a share of one: this number may only fall.
 */
const MOST_STATEMENTS = 60;
const JOBS = 9;

/** Counts what every connection of this process says within a transaction of `orgId`. */
function countStatements(orgId: string) {
  const inside = new WeakSet<object>();
  const said: string[] = [];
  const original = pg.Client.prototype.query;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [first, values] = args as [string | { text: string; values?: unknown[] }, unknown[]?];
    const text = typeof first === 'string' ? first : first.text;
    const given = typeof first === 'string' ? values : first.values;
    if (text.includes(`set_config('app.org_id', $1`) && given?.[0] === orgId) {
      inside.add(this);
      said.push('BEGIN');
    }
    if (inside.has(this)) said.push(text);
    if (text === 'COMMIT' || text === 'ROLLBACK') inside.delete(this);
    return (original as (...all: unknown[]) => never).apply(this, args);
  } as never);
  return { said, restore: () => spy.mockRestore() };
}

describe('a job on its way to an offer', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
    for (let i = 0; i < JOBS + 1; i++) await city.worker({ metresAway: 100 + i });
  });
  afterAll(() => app?.stop());

  /** Facts of the organisation that have no place yet, and handlers that are not at the head of the log. */
  const unsettled = () =>
    withClient(app.ownerUrl, async (client) => {
      const { rows } = await client.query<{ open: number }>(
        `SELECT (SELECT count(*) FROM facts WHERE org_id = $1 AND seq IS NULL)::integer
              + (SELECT count(*) FROM handler_cursors c JOIN fact_heads h USING (org_id)
                 WHERE c.org_id = $1 AND c.seq < h.seq)::integer AS open`,
        [city.org.id],
      );
      return rows[0]!.open;
    });
  const isOffered = (jobId: string) =>
    withClient(app.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT 1 FROM facts WHERE org_id = $1 AND type = 'offer.made' AND data->>'jobId' = $2 AND seq IS NOT NULL`,
        [city.org.id, jobId],
      );
      return rows.length === 1;
    });

  it(`takes at most ${MOST_STATEMENTS} statements`, async () => {
    await eventually(async () => (await unsettled()) === 0);
    const counts: number[] = [];
    for (let i = 0; i < JOBS; i++) {
      const { said, restore } = countStatements(city.org.id);
      try {
        const { id } = await city.job();
        await eventually(async () => (await isOffered(id)) && (await unsettled()) === 0);
      } finally {
        restore();
      }
      counts.push(said.length);
    }
    console.info(`statements for one job: ${counts.join(', ')}`);
    // Sweeps that look by the second come on top of the others.
    const fewest = Math.min(...counts);
    expect(fewest).toBeLessThanOrEqual(MOST_STATEMENTS);
    // What is counted is there: creation, round, relay.
    expect(fewest).toBeGreaterThan(25);
  });
});
