import type { RoutingJob } from '#routing';
import type { DayInput, DayJob, DayWorker } from '../planning/day-problem.js';

export interface Lapse {
  skill: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** By job and worker. */
export type Lapsing = Map<string, Map<string, Lapse>>;

/**
 * A certificate must be valid through the visit. The routing engine knows a skill as a token without a date, so of each job
 * that needs a skill whose certificate ends within the span: whoever could no longer end in time is blocked; while somebody
 * else can do it at any time, so is whoever might; else the latest to lapse keeps it and the window closes in time.
 * Changes `jobs` in place.
 */
export function keepCertificates(jobs: RoutingJob[], input: DayInput, known: ReadonlySet<string>): Lapsing {
  const lapsing: Lapsing = new Map();
  const rows = new Map(input.jobs.map((job) => [job.id, job]));
  const workers = input.workers.filter(({ id }) => known.has(id));
  for (const job of jobs) {
    const row = rows.get(job.id)!;
    const [from, to] = job.windows![0]!;
    if (row.skills.length === 0 || row.pinned) continue;
    const ms = (seconds: number) => input.origin + seconds * 1_000;
    const workMs = row.durationSeconds * 1_000;
    const ends = workers.flatMap((worker) => {
      const lapse = firstLapse(worker, row);
      return lapse && lapse.expiresAt < ms(to) + workMs ? [{ id: worker.id, lapse }] : [];
    });
    if (ends.length === 0) continue;
    const inTime = ends.filter(({ lapse }) => lapse.expiresAt >= ms(from) + workMs);
    const steady = workers.some((w) => !ends.some(({ id }) => id === w.id) && holdsAll(w, row));
    const last = steady ? undefined : inTime.sort((a, b) => b.lapse.expiresAt - a.lapse.expiresAt)[0];
    if (last) job.windows = [[from, (last.lapse.expiresAt - workMs - input.origin) / 1_000]];
    const blocked = ends.filter(
      (one) => one !== last && (!last || one.lapse.expiresAt < last.lapse.expiresAt),
    );
    job.blockedWorkers = [...new Set([...(job.blockedWorkers ?? []), ...blocked.map(({ id }) => id)])];
    lapsing.set(job.id, new Map(blocked.map(({ id, lapse }) => [id, lapse])));
  }
  return lapsing;
}

const covers = (worker: DayWorker, need: DayJob['skills'][number]) =>
  worker.skills.find(({ skill, level }) => skill === need.skill && level >= (need.level ?? 1));

const holdsAll = (worker: DayWorker, job: DayJob): boolean =>
  job.skills.every((need) => covers(worker, need) !== undefined);

/** The certificate that ends first among those the job needs; null when none of them ends, or one is missing. */
function firstLapse(worker: DayWorker, job: DayJob): Lapse | null {
  if (!holdsAll(worker, job)) return null;
  const dated = job.skills.flatMap((need) => {
    const { expiresAt } = covers(worker, need)!;
    return expiresAt === null ? [] : [{ skill: need.skill, expiresAt }];
  });
  return dated.sort((a, b) => a.expiresAt - b.expiresAt)[0] ?? null;
}
