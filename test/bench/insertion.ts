import { parseArgs } from 'node:util';
import { seededRandom } from '#kernel';
import {
  applyEffect,
  checkPlan,
  insertJob,
  type RoutingJob,
  type RoutingPlan,
  type RoutingProblem,
  type Span,
  solve,
} from '#routing';
import { randomPlaces } from './matching-instances.js';
import { percentile, say } from './support/figures.js';

const HOUR = 3_600;
const SHIFT: Span = [8 * HOUR, 17 * HOUR];
const LUNCH = { window: [11.5 * HOUR, 13.5 * HOUR] as Span, seconds: 1_800 };
const CHOICES_SHOWN = 5;

/**
 * One more job into a day that stands: `npm run bench -- insertion [--workers 100] [--stops 10] [--jobs 200]`. Times are
 * wall milliseconds from the problem as the caller has it to the answer: the five best workers, for each the day before
 * and after and who is moved. Each best answer is applied and checked independently.
 */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      workers: { type: 'string', default: '100' },
      stops: { type: 'string', default: '10' },
      jobs: { type: 'string', default: '200' },
    },
  });
  const [workers, stops, more] = [values.workers, values.stops, values.jobs].map((text) => {
    const value = Number(text);
    if (!(Number.isInteger(value) && value > 0)) throw new Error(`--workers, --stops, --jobs: not "${text}"`);
    return value;
  }) as [number, number, number];

  const { day, later } = city(workers, stops, more);
  say(`planning ${day.jobs.length} stops for ${workers} workers`);
  const plan = solve(day, { budget: { iterations: 500 } });
  const planned = plan.routes.flatMap((route) => route.stops.filter(({ job }) => job !== undefined)).length;
  say(`${planned} stops on ${plan.routes.length} routes; putting in ${later.length} jobs, one at a time`);

  const ms: number[] = [];
  let placed = 0;
  let checked = 0;
  // The first few warm the code up, as in a process that has been running.
  for (const [i, job] of [...later.slice(0, 10), ...later].entries()) {
    const answer = ask({ ...day, jobs: [...day.jobs, job] }, plan, job.id);
    if (i < 10) continue;
    ms.push(answer.ms);
    placed += Number(answer.placed);
    checked += Number(answer.sound);
  }
  const tenths = (value: number) => Number(value.toFixed(1));
  const times = {
    p50Ms: tenths(percentile(ms, 0.5)),
    p99Ms: tenths(percentile(ms, 0.99)),
    maxMs: tenths(Math.max(...ms)),
  };
  console.log(
    `jobs ${later.length}, placed ${placed}, checked ${checked}; p50 ${times.p50Ms} ms, p99 ${times.p99Ms} ms, longest ${times.maxMs} ms`,
  );
  const figures = { workers, stops: planned, jobs: later.length, placed, checked };
  console.log(JSON.stringify({ bench: 'insertion', ...figures, ...times }));
}

function ask(problem: RoutingProblem, plan: RoutingPlan, jobId: string) {
  const began = performance.now();
  const { effect } = insertJob(problem, plan, jobId, CHOICES_SHOWN);
  const ms = performance.now() - began;
  const sound = !effect || checkPlan(problem, applyEffect(problem, plan, effect)).length === 0;
  return { ms, placed: effect !== undefined, sound };
}

/** A city's day: homes and doors at random, half the doors with a window of two hours, a lunch break for everybody. */
function city(workers: number, stops: number, more: number) {
  const random = seededRandom(11);
  const count = workers * stops;
  const windows = (): Span[] | undefined => {
    if (random() < 0.5) return undefined;
    const from = SHIFT[0] + Math.floor(random() * 7) * HOUR;
    return [[from, from + 2 * HOUR]];
  };
  const job = (i: number): RoutingJob => ({
    id: `job ${i}`,
    location: workers + i,
    serviceSeconds: 900 + Math.floor(random() * 900),
    windows: windows(),
    skills: random() < 0.2 ? ['gas'] : [],
  });
  const jobs = Array.from({ length: count + more }, (_, i) => job(i));
  const day: RoutingProblem = {
    locations: randomPlaces(workers + count + more, 12),
    travel: { kind: 'straight_line', metresPerSecond: 9, detourFactor: 1.35 },
    workers: Array.from({ length: workers }, (_, i) => ({
      id: `worker ${i}`,
      start: i,
      end: i,
      shift: SHIFT,
      breaks: [LUNCH],
      skills: i % 2 === 0 ? ['gas'] : [],
      maxTasks: stops + 4,
    })),
    jobs: jobs.slice(0, count),
  };
  return { day, later: jobs.slice(count) };
}
