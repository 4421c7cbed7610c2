import type { JobState } from '#libs/job/src/lifecycle/job-states';
import { Journal } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { orphans } from '../support/orphans.js';
import { BusyDay } from './busy-day.js';
import { faultsOf, type History, type HistoryFact } from './history-checker.js';

const CLIENTS = 16;
const WORKERS = 8;
const JOBS = 10;
const FOR_MS = 30_000;
/** Offers run out, and people go busy and free, many times in half a minute. */
const SPEED = 20;

describe('sixteen clients who contradict each other for half a minute, through two API processes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ apis: 2, workers: 2 });
  });
  afterAll(() => app?.stop());

  it('leave a history in which nobody was in two places and nothing was lost', async () => {
    const seed = Number(process.env.SEED ?? 20_261_123);
    const city = await TestCity.build(app);
    const workers: TestWorker[] = [];
    for (let n = 0; n < WORKERS; n++)
      workers.push(await city.worker({ metresAway: 100 * n, bearing: 45 * n }));
    await app.clock.set({ speed: SPEED });
    const day = new BusyDay(app, city, workers, seed);
    await day.run({ clients: CLIENTS, jobs: JOBS, forMs: FOR_MS });
    await app.clock.set({ speed: 0 });
    const history = await atRest(app, city.org.id, day);

    const told = `SEED=${seed} ${JSON.stringify(Object.fromEntries([...day.answers].sort()))}`;
    expect([told, day.broken]).toEqual([told, []]);
    expect([told, faultsOf(history)]).toEqual([told, []]);
    expect(history.acknowledged.length).toBeGreaterThan(20);
    const [byHand] = await app.uow.run(city.org.id, (tx) =>
      tx.sql<{ n: string }>('SELECT count(*) AS n FROM offers WHERE round_id IS NULL'),
    );
    expect(Number(byHand?.n)).toBe(day.deskOffers);
    expect(await orphans(app.ownerUrl)).toEqual([]);
    expect(await app.api.get(Journal).verify(city.org.id)).toMatchObject({
      facts: history.facts.length,
      pending: 0,
      fault: null,
    });
  });
});

/** The history once every handler has caught up, every round has run and nothing moves any more. */
async function atRest(app: TestApp, orgId: string, day: BusyDay): Promise<History> {
  let before = '';
  return eventually(async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const history = await app.uow.run(orgId, async (tx): Promise<History | null> => {
      const [waiting] = await tx.sql<{ n: string }>(
        `SELECT (SELECT coalesce(sum(behind), 0) FROM fact_backlog()) + (SELECT count(*) FROM dispatch_areas WHERE done < wanted)
              + (SELECT count(*) FROM deadlines WHERE due_at <= $1) AS n`,
        [tx.now],
      );
      if (Number(waiting?.n) > 0) return null;
      return {
        facts: (
          await tx.sql<Omit<HistoryFact, 'seq'> & { seq: string }>(
            `SELECT seq, type, subject_id AS "subjectId", actor->>'kind' AS actor, data FROM facts ORDER BY seq`,
          )
        ).map((row) => ({ ...row, seq: Number(row.seq) })),
        acknowledged: day.acknowledged,
        jobs: await tx.sql<{ id: string; state: JobState; version: number; workerId: string | null }>(
          `SELECT id, state, version, worker_id AS "workerId" FROM jobs`,
        ),
        assignments: (
          await tx.sql<{
            id: string;
            jobId: string;
            workerId: string;
            state: string;
            startsAt: Date;
            endsAt: Date;
          }>(
            `SELECT id, job_id AS "jobId", worker_id AS "workerId", state, starts_at AS "startsAt", ends_at AS "endsAt" FROM assignments`,
          )
        ).map((row) => ({ ...row, startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() })),
        offers: await tx.sql(`SELECT id, job_id AS "jobId", worker_id AS "workerId", state FROM offers`),
        workers: await tx.sql(`SELECT id, status FROM workers`),
      };
    });
    const now = history && JSON.stringify({ ...history, acknowledged: 0 });
    const rested = now !== null && now === before;
    before = now ?? '';
    return rested ? history : null;
  });
}
