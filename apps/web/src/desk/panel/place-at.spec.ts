import type { Fix } from '../../api/types';
import { placeAt } from './place-at';

const T0 = Date.parse('2026-03-02T08:00:00Z');
const fix = (seconds: number, lat: number, lon: number) =>
  ({ fixAt: new Date(T0 + seconds * 1_000).toISOString(), lat, lon }) as Fix;
const fixes = [fix(0, 10, 20), fix(60, 11, 22), fix(1_000, 12, 22)];
const at = (seconds: number) => placeAt(fixes, T0 + seconds * 1_000);

describe('where a worker was', () => {
  it('is known at each fix, and on the line between two that are close in time', () => {
    expect(at(0)).toEqual({ point: { lat: 10, lon: 20 }, silentSince: null });
    expect(at(30)).toEqual({ point: { lat: 10.5, lon: 21 }, silentSince: null });
    expect(at(1_000)).toEqual({ point: { lat: 12, lon: 22 }, silentSince: null });
  });

  it('is the last known place while the phone is silent, and says since when', () => {
    expect(at(120)).toEqual({ point: { lat: 11, lon: 22 }, silentSince: null });
    expect(at(900)).toEqual({ point: { lat: 11, lon: 22 }, silentSince: T0 + 60_000 });
    expect(at(1_500)).toEqual({ point: { lat: 12, lon: 22 }, silentSince: T0 + 1_000_000 });
  });

  it('is unknown before the first fix and without any', () => {
    expect(at(-1)).toBeNull();
    expect(placeAt([], T0)).toBeNull();
  });
});
