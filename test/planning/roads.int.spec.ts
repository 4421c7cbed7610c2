import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { destination, type GeoPoint, haversineMetres } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity } from '../support/city.js';
import { proposed } from './planning.js';

const BRIDGE_SECONDS = 3_600;
const north = (metres: number) => destination(CENTRE, 0, metres);

/** A road service for a town with a river along the centre's parallel and one far bridge; it speaks OSRM's `/table`. */
function riverTown(beforeAnswer: () => Promise<void>): Server {
  const seconds = (from: GeoPoint, to: GeoPoint) =>
    haversineMetres(from, to) / 10 + (from.lat > CENTRE.lat === to.lat > CENTRE.lat ? 0 : BRIDGE_SECONDS);
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://roads');
    const places = pathname
      .split('/')
      .at(-1)!
      .split(';')
      .map((text) => text.split(',').map(Number))
      .map(([lon, lat]) => ({ lat: lat!, lon: lon! }));
    const side = (name: string) =>
      searchParams
        .get(name)
        ?.split(';')
        .map((i) => places[Number(i)]!) ?? places;
    const durations = side('sources').map((from) => side('destinations').map((to) => seconds(from, to)));
    void beforeAnswer().then(() => response.end(JSON.stringify({ code: 'Ok', durations })));
  });
}

describe('a day planned by road', () => {
  let app: TestApp;
  let roads: Server;
  /** For each question to the road service, the fewest transactions that were seen open and idle meanwhile. */
  const waiting: number[] = [];
  const lookAtTransactions = async () => {
    const look = async () => {
      const rows: { n: number }[] = await app.api.get(DataSource).query(
        `SELECT count(*)::integer AS n FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'doorstep' AND state = 'idle in transaction'`,
      );
      return rows[0]!.n;
    };
    let fewest = await look();
    for (let n = 0; n < 20 && fewest > 0; n++) fewest = Math.min(fewest, await look());
    waiting.push(fewest);
  };
  beforeAll(async () => {
    roads = riverTown(lookAtTransactions);
    await new Promise<void>((resolve) => roads.listen(0, '127.0.0.1', resolve));
    const { port } = roads.address() as AddressInfo;
    app = await startTestApp({ env: { ROADS_URL: `http://127.0.0.1:${port}/` } });
  });
  afterAll(async () => {
    roads.close();
    await app?.stop();
  });

  it('puts a job into a day once under one key, and leaves no transaction open while roads are asked for', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker({ at: north(500), status: 'off_duty' });
    const job = await city.job({ ...north(300) });
    waiting.length = 0;
    const insert = () =>
      city.org.as.dispatcher.post<{ workerId: string }>(
        `jobs/${job.id}/insert`,
        { workerId: worker.id },
        { key: 'insert-it-once-0001' },
      );
    const first = await insert();
    expect([first.status, first.body.workerId]).toEqual([200, worker.id]);
    const again = await insert();
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([
      200,
      first.body,
      'true',
    ]);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.filter((open) => open > 0)).toEqual([]);
  });

  it('sends who is there first, and is estimated, saying so, while the road service does not answer', async () => {
    const city = await TestCity.build(app);
    const across = await city.worker({ at: north(-500), status: 'off_duty' });
    const sameSide = await city.worker({ at: north(2_500), status: 'off_duty' });
    const job = await city.job({ ...north(300) });

    const insertions = async () => {
      const answer = await city.org.as.dispatcher.post<{ choices: { workerId: string }[] }>(
        `jobs/${job.id}/insertions`,
      );
      return answer.body.choices.map(({ workerId }) => workerId);
    };
    waiting.length = 0;
    expect((await insertions())[0]).toBe(sameSide.id);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.filter((open) => open > 0)).toEqual([]);
    const byRoad = await proposed(city);
    expect(byRoad.proposal.stops.map(({ workerId }) => workerId)).toEqual([sameSide.id]);
    const [ways] = byRoad.proposal.assumptions;
    expect(ways?.code).toBe('WAYS_BY_ROAD');
    expect(byRoad.proposal.stops[0]!.travelSeconds).toBe(220 + Number(ways?.values.overheadSeconds));

    await new Promise((resolve) => {
      roads.close(resolve);
      roads.closeAllConnections();
    });
    // Somewhere nobody has asked about yet.
    await city.worker({ at: north(-9_000), status: 'off_duty' });
    const estimated = await proposed(city);
    expect(estimated.proposal.stops.map(({ workerId }) => workerId)).toEqual([across.id]);
    expect(estimated.proposal.assumptions.map(({ code }) => code)).toEqual([
      'WAYS_ESTIMATED',
      'NO_ANSWER_BY_ROAD',
      'BEGIN_WHERE_SEEN',
    ]);
    expect((await insertions())[0]).toBe(across.id);
  });
});
