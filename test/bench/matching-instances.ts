import { type GeoPoint, haversineMetres, seededRandom } from '#kernel';
import { MovingIndex, type SparseAssignmentProblem } from '#matching';

/** About 33 km square: a large city. */
const CITY = { south: 42.2, north: 42.5, west: -71.3, east: -70.9 };

export function randomPlaces(count: number, seed: number): GeoPoint[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    lat: CITY.south + random() * (CITY.north - CITY.south),
    lon: CITY.west + random() * (CITY.east - CITY.west),
  }));
}

/** Straight line x 1.35 at 5 m/s, to the millisecond. */
export const travelSecondsOf = (metres: number): number => Math.round((metres * 1.35 * 1000) / 5) / 1000;

/** An hour of travel: leaving a job is dearer than almost any detour. */
const LEAVE_PRICE_SECONDS = 3_600;

/** Each job with its nearest workers, the nearest first. */
export function sparseCity(
  jobs: readonly GeoPoint[],
  workers: readonly GeoPoint[],
  candidates: number,
): SparseAssignmentProblem {
  const size = jobs.length;
  const index = new MovingIndex(workers);
  const rowStart = new Int32Array(size + 1);
  const column = new Int32Array(size * candidates);
  const cost = new Float64Array(size * candidates);
  jobs.forEach((job, row) => {
    let arc = rowStart[row]!;
    for (const near of index.nearestWithMetres(job.lat, job.lon, candidates)) {
      column[arc] = near.handle;
      cost[arc++] = travelSecondsOf(near.metres);
    }
    rowStart[row + 1] = arc;
  });
  const unassignedPrice = new Float64Array(size).fill(LEAVE_PRICE_SECONDS);
  return { rows: size, columns: workers.length, rowStart, column, cost, unassignedPrice };
}

/**
 * Job after job takes the nearest worker who is still free: what a desk does without a solver, and what is left to do
 * for jobs that a batch could not place among their candidates. Returns the travel of all jobs together.
 */
export function travelWhenRestGoesNearest(
  jobs: readonly GeoPoint[],
  workers: readonly GeoPoint[],
  columnOf: Int32Array,
): number {
  const free = new MovingIndex(workers);
  let total = 0;
  columnOf.forEach((worker, job) => {
    if (worker < 0) return;
    total += travelSecondsOf(haversineMetres(jobs[job]!, workers[worker]!));
    free.remove(worker);
  });
  columnOf.forEach((worker, job) => {
    if (worker >= 0) return;
    const [nearest] = free.nearestWithMetres(jobs[job]!.lat, jobs[job]!.lon, 1);
    total += travelSecondsOf(nearest!.metres);
    free.remove(nearest!.handle);
  });
  return total;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Milliseconds of one run: by the wall, and of processor time, which a busy machine stretches less. */
export function timed<T>(run: () => T): { ms: number; cpuMs: number; result: T } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, result };
}
