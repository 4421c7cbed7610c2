import { type Random, seededRandom } from '#kernel';
import type { RoutingJob, RoutingProblem, RoutingWorker, Span } from '../problem/types.js';

/** Builders of random instances for property tests. */
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];
export const between = (random: Random, low: number, high: number) =>
  low + Math.floor(random() * (high - low + 1));

/** Asymmetric seconds between random points: distance on a plane plus a little that depends on the direction. */
function randomDurations(random: Random, size: number): number[][] {
  const at = Array.from({ length: size }, () => [random() * 2000, random() * 2000]);
  return at.map((a) =>
    at.map((b) => (a === b ? 0 : Math.round(Math.hypot(a[0] - b[0], a[1] - b[1]) + random() * 100))),
  );
}

function randomWindows(random: Random): Span[] | undefined {
  if (random() < 0.3) return undefined;
  const first = between(random, 0, 6000);
  const one: Span = [first, first + between(random, 500, 6000)];
  if (random() < 0.7) return [one];
  return [one, [one[1] + between(random, 100, 2000), one[1] + between(random, 2100, 6000)]];
}

/** A small problem with everything the plain solver knows: windows, skills, loads, limits, own and open ends. */
export function randomBasicProblem(seed: number): { problem: RoutingProblem; random: Random } {
  const random = seededRandom(seed);
  const workerCount = between(random, 1, 4);
  const jobCount = between(random, 1, 12);
  const places = workerCount + jobCount;
  const workers: RoutingWorker[] = Array.from({ length: workerCount }, (_, i) => ({
    id: `w${i}`,
    start: i,
    end: random() < 0.3 ? null : pick(random, [i, 0]),
    shift: [between(random, 0, 2000), between(random, 6000, 15000)],
    skills: ['gas', 'water', 'power'].filter(() => random() < 0.7),
    capacity: [between(random, 3, 30), between(random, 3, 30)],
    ...(random() < 0.3 ? { maxTasks: between(random, 1, 5) } : {}),
    ...(random() < 0.3 ? { maxTravelSeconds: between(random, 1000, 8000) } : {}),
    ...(random() < 0.3 ? { serviceFactor: 0.5 + random() } : {}),
  }));
  const jobs: RoutingJob[] = Array.from({ length: jobCount }, (_, i) => {
    const windows = randomWindows(random);
    return {
      id: `j${i}`,
      location: random() < 0.1 ? 0 : workerCount + i,
      serviceSeconds: between(random, 0, 900),
      ...(random() < 0.3 ? { setupSeconds: between(random, 0, 300) } : {}),
      ...(windows ? { windows } : {}),
      ...(random() < 0.3 ? { skills: [pick(random, ['gas', 'water', 'power'])] } : {}),
      priority: pick(random, [0, 0, 10, 50]),
      delivery: [between(random, 0, 6), between(random, 0, 6)],
      ...(random() < 0.1 ? { lock: { worker: `w${between(random, 0, workerCount - 1)}` } } : {}),
      ...(random() < 0.2 ? { preferredWorkers: [`w${between(random, 0, workerCount - 1)}`] } : {}),
    };
  });
  return {
    problem: { travel: { kind: 'matrix', durations: randomDurations(random, places) }, workers, jobs },
    random,
  };
}

/** Interchangeable workers from one depot, one window a job: what the genetic search takes. */
export function randomUniformProblem(seed: number, jobCount = 14): RoutingProblem {
  const random = seededRandom(seed);
  return {
    travel: { kind: 'matrix', durations: randomDurations(random, jobCount + 1) },
    workers: Array.from({ length: 4 }, (_, i) => ({
      id: `w${i}`,
      start: 0,
      end: 0,
      shift: [0, 12_000] as Span,
      capacity: [20],
    })),
    jobs: Array.from({ length: jobCount }, (_, i) => {
      const opens = between(random, 0, 7000);
      return {
        id: `j${i}`,
        location: i + 1,
        serviceSeconds: between(random, 0, 600),
        windows: [[opens, opens + between(random, 300, 4000)] as Span],
        delivery: [between(random, 1, 7)],
      };
    }),
  };
}
