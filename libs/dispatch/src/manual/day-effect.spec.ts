import { destination, type GeoPoint } from '#kernel';
import { dayEffect, type Promised } from './day-effect.js';

const DOOR = { lat: 31.2, lon: 121.4 };
/** 1 m/s along a straight line: a metre is a second. */
const travel = { speedMetresPerSecond: 1, detourFactor: 1, overheadSeconds: 0 };
const T0 = Date.parse('2026-03-02T08:00:00Z');
const at = (minutes: number) => T0 + minutes * 60_000;
const promise = (jobId: string, from: number, there: number, until: number, point: GeoPoint): Promised => ({
  jobId,
  ...point,
  startsAt: new Date(at(from)),
  arrivesAt: new Date(at(there)),
  endsAt: new Date(at(until)),
});
const away = (metres: number) => destination(DOOR, 90, metres);
const trip = { departAt: at(60), endAt: at(90), point: DOOR };

describe('one more job in a day', () => {
  it('has nothing before or after it on an empty day, nor what belongs to another day', () => {
    expect(dayEffect(trip, [], travel)).toEqual({ after: null, before: null });
    const yesterday = promise('old', -1_000, -990, -960, DOOR);
    const tomorrow = promise('far', 1_400, 1_410, 1_440, DOOR);
    expect(dayEffect(trip, [tomorrow, yesterday], travel)).toEqual({ after: null, before: null });
  });

  it('stands between its neighbours, and does not delay what leaves time enough', () => {
    const rows = [
      promise('later', 200, 210, 240, DOOR),
      promise('next', 95, 110, 130, away(600)),
      promise('last', 20, 25, 60, away(100)),
      promise('first', 0, 5, 15, DOOR),
    ];
    expect(dayEffect(trip, rows, travel)).toEqual({
      after: { jobId: 'last', until: new Date(at(60)) },
      before: { jobId: 'next', arrivesAt: new Date(at(110)), laterSeconds: 0 },
    });
  });

  it('delays what is further from its door than from where he would have come', () => {
    const next = promise('next', 90, 92, 130, away(1_200));
    const { before } = dayEffect(trip, [next], travel);
    expect(before!.laterSeconds).toBe(18 * 60);
    expect(before!.arrivesAt.getTime()).toBeCloseTo(at(110), -1);
  });
});
