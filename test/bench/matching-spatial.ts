import Flatbush from 'flatbush';
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { haversineMetres, seededRandom } from '#kernel';
import { MovingIndex } from '#matching';
import { median, randomPlaces, timed } from './matching-instances.js';

const NEAREST = 20;
/** Fixes of each worker between two rounds of questions. */
const STEPS = 5;

/**
 * Rounds of: everybody moves five times by up to 7 m, as at a fix each few seconds; then all three answer the same fresh questions. Flatbush and KDBush
 * cannot move points; they are built again each round, and that time is reported apart, not in their rates.
 * Flatbush measures planar degrees, as it does for all its users, so its twenty are not always the true nearest.
 */
export function benchSpatial(points: number, queries: number, rounds: number, seed: number) {
  const places = randomPlaces(points, seed);
  const lat = Float64Array.from(places, (p) => p.lat);
  const lon = Float64Array.from(places, (p) => p.lon);
  const build = timed(() => new MovingIndex(places));
  const index = build.result;
  const random = seededRandom(seed + 1);
  const rates = {
    ours: [] as number[],
    flatbush: [] as number[],
    geokdbush: [] as number[],
    moves: [] as number[],
  };
  const builds = { flatbush: [] as number[], kdbush: [] as number[] };

  for (let round = 0; round < rounds; round++) {
    let movingMs = 0;
    for (let step = 0; step < STEPS; step++) {
      for (let i = 0; i < points; i++) {
        lat[i] = lat[i]! + (random() - 0.5) * 1e-4;
        lon[i] = lon[i]! + (random() - 0.5) * 1e-4;
      }
      movingMs += timed(() => {
        for (let i = 0; i < points; i++) index.move(i, lat[i]!, lon[i]!);
      }).ms;
    }
    rates.moves.push((1000 * STEPS * points) / movingMs);

    const flat = timed(() => {
      const tree = new Flatbush(points);
      for (let i = 0; i < points; i++) tree.add(lon[i]!, lat[i]!, lon[i]!, lat[i]!);
      tree.finish();
      return tree;
    });
    builds.flatbush.push(flat.ms);
    const kd = timed(() => {
      const tree = new KDBush(points);
      for (let i = 0; i < points; i++) tree.add(lon[i]!, lat[i]!);
      return tree.finish();
    });
    builds.kdbush.push(kd.ms);

    const asked = randomPlaces(queries, seed + 1_000 + round);
    let used = 0;
    const rate = (count: number, ask: (i: number) => number[]) => {
      const { ms } = timed(() => {
        for (let i = 0; i < count; i++) used += ask(i)[NEAREST - 1]!;
      });
      return (1000 * count) / ms;
    };
    const runs = [
      () => rates.ours.push(rate(queries, (i) => index.nearest(asked[i]!.lat, asked[i]!.lon, NEAREST))),
      () =>
        rates.flatbush.push(
          rate(queries, (i) => flat.result.neighbors(asked[i]!.lon, asked[i]!.lat, NEAREST)),
        ),
    ];
    for (const run of round % 2 === 0 ? runs : runs.reverse()) run();
    rates.geokdbush.push(rate(queries / 5, (i) => around(kd.result, asked[i]!.lon, asked[i]!.lat, NEAREST)));
    if (!Number.isFinite(used)) throw new Error('a query found fewer than it should');
    mustBeTrueNearest(index, lat, lon, asked[0]!);
  }
  return {
    indexBuildMs: build.ms,
    knnPerSecond: median(rates.ours),
    flatbushKnnPerSecond: median(rates.flatbush),
    geokdbushKnnPerSecond: median(rates.geokdbush),
    movesPerSecond: median(rates.moves),
    flatbushRebuildMs: median(builds.flatbush),
    kdbushRebuildMs: median(builds.kdbush),
  };
}

/** One answer a round against brute force. */
function mustBeTrueNearest(
  index: MovingIndex,
  lat: Float64Array,
  lon: Float64Array,
  q: { lat: number; lon: number },
) {
  const all = Array.from(lat, (a, i) => haversineMetres(q, { lat: a, lon: lon[i]! })).sort((a, b) => a - b);
  index.nearestWithMetres(q.lat, q.lon, NEAREST).forEach((near, i) => {
    if (Math.abs(near.metres - all[i]!) > 0.001) throw new Error(`neighbour ${i} is not the true one`);
  });
}
