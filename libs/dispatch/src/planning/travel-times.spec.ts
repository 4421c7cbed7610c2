import { readEnv } from '#config/env';
import type { RoutingProblem } from '#routing';
import { TravelTimesService } from './travel-times.service.js';

const env = readEnv({
  DATABASE_URL: 'postgres://localhost/none',
  JWT_SECRET: 'x'.repeat(32),
  QR_SECRET: 'y'.repeat(32),
  ROADS_URL: 'http://roads.test',
});

const dayOf = (places: number): RoutingProblem => ({
  locations: Array.from({ length: places }, (_, i) => ({ lat: 42 + i / 10_000, lon: -71 })),
  travel: { kind: 'straight_line', metresPerSecond: 8, detourFactor: 1.35 },
  workers: [],
  jobs: [],
});

describe('roads', () => {
  it('are left alone for a while after they failed, not after a day that was too large for them', async () => {
    const asked = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('connection refused'));
    const roads = new TravelTimesService(env);
    const why = async (places: number) => (await roads.withTravelTimes(dayOf(places))).travelSource;
    const refused = { by: 'straight_line', reason: 'connection refused' };
    expect(await why(701)).toEqual({ by: 'straight_line', reason: 'too many stops (701, limit 700)' });
    expect(asked).not.toHaveBeenCalled();
    expect(await why(2)).toEqual(refused);
    expect(await why(3)).toEqual(refused);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });
});
