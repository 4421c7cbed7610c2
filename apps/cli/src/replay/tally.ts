import type { LoggedRequest } from './read-log.js';

/** What became of one request. Times are epoch milliseconds of business time. */
export interface JobCourse {
  request: LoggedRequest;
  jobId: string;
  createdAt: number;
  state: string;
  offers: number;
  declined: number;
  expired: number;
  /** How often somebody went and came back with nothing. */
  tries: number;
  assignedAt: number | null;
  departedAt: number | null;
  arrivedAt: number | null;
  completedAt: number | null;
  reason: string | null;
}

export const courseOf = (request: LoggedRequest, jobId: string, createdAt: number): JobCourse => ({
  request,
  jobId,
  createdAt,
  state: 'unassigned',
  offers: 0,
  declined: 0,
  expired: 0,
  tries: 0,
  assignedAt: null,
  departedAt: null,
  arrivedAt: null,
  completedAt: null,
  reason: null,
});

export interface Spread {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  mean: number;
}

export interface Share {
  kept: number;
  of: number;
}

export interface Tally {
  jobs: number;
  states: Map<string, number>;
  offers: { made: number; accepted: number; declined: number; expired: number };
  /** From the request to a worker who has it, seconds. */
  assignSeconds: Spread;
  /** From setting off to the door, seconds. */
  travelSeconds: Spread;
  /** From the request to the end of the work, seconds. */
  doneSeconds: Spread;
  /** Of the requests with a deadline: done before it, here and by the city. */
  onTime: Share;
  cityOnTime: Share;
  /** The city's own word, for all lines. */
  citySays: Share;
  unfulfilled: Map<string, number>;
  failed: Map<string, number>;
  channels: Map<string, number>;
}

/** Nearest-rank percentiles. */
function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { count: sorted.length, p50: rank(0.5), p90: rank(0.9), p99: rank(0.99), mean };
}

export function tally(courses: readonly JobCourse[]): Tally {
  const between = (from: (c: JobCourse) => number | null, to: (c: JobCourse) => number | null) =>
    spread(
      courses.flatMap((course) => {
        const [a, b] = [from(course), to(course)];
        return a === null || b === null ? [] : [(b - a) / 1_000];
      }),
    );
  const due = courses.filter(({ request }) => request.dueAt !== null);
  const sum = (what: (course: JobCourse) => number) =>
    courses.reduce((total, course) => total + what(course), 0);
  const said = courses.filter(({ request }) => request.onTime !== null);
  return {
    jobs: courses.length,
    states: countBy(courses, ({ state }) => state),
    offers: {
      made: sum(({ offers }) => offers),
      accepted: courses.filter(({ assignedAt }) => assignedAt !== null).length,
      declined: sum(({ declined }) => declined),
      expired: sum(({ expired }) => expired),
    },
    assignSeconds: between(
      (c) => c.createdAt,
      (c) => c.assignedAt,
    ),
    travelSeconds: between(
      (c) => c.departedAt,
      (c) => c.arrivedAt,
    ),
    doneSeconds: between(
      (c) => c.createdAt,
      (c) => c.completedAt,
    ),
    onTime: share(due, (c) => c.completedAt !== null && c.completedAt <= c.request.dueAt!),
    cityOnTime: share(due, ({ request }) => request.onTime === true),
    citySays: share(said, ({ request }) => request.onTime === true),
    unfulfilled: countBy(
      courses.filter(({ state }) => state === 'unfulfilled'),
      ({ reason }) => plainReason(reason),
    ),
    failed: countBy(
      courses.filter(({ state }) => state === 'failed'),
      ({ reason }) => reason ?? 'unknown',
    ),
    channels: countBy(courses, ({ request }) => request.channel ?? 'unknown'),
  };
}

/** Reasons differ in their numbers; without them they can be counted. */
const plainReason = (reason: string | null): string => (reason ?? 'unknown').replaceAll(/\d[\d.,]*/g, 'n');

const share = (courses: readonly JobCourse[], kept: (course: JobCourse) => boolean): Share => ({
  kept: courses.filter(kept).length,
  of: courses.length,
});

export function countBy<T>(list: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
