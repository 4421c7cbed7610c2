import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { destination, type GeoPoint, haversineMetres } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity } from '../support/city.js';
import { proposed, useBuiltThreads } from './planning.js';

const BRIDGE_SECONDS = 3_600;
const north = (metres: number) => destination(CENTRE, 0, metres);

/** A road service for a town with a river along the centre's parallel and one far bridge; it speaks OSRM's `/table`. */
function riverTown(): Server {
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
    response.end(JSON.stringify({ code: 'Ok', durations }));
  });
}

describe('a day planned by road', () => {
  let app: TestApp;
  let roads: Server;
  beforeAll(async () => {
    roads = riverTown();
    await new Promise<void>((resolve) => roads.listen(0, '127.0.0.1', resolve));
    const { port } = roads.address() as AddressInfo;
    app = await startTestApp({ env: { ROADS_URL: `http://127.0.0.1:${port}/` } });
    useBuiltThreads(app);
  });
  afterAll(async () => {
    roads.close();
    await app?.stop();
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
    expect((await insertions())[0]).toBe(sameSide.id);
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
