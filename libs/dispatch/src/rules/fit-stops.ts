import type { ProposedStop } from './day-proposal.js';

/** What a job looks like now, and who holds it. */
export interface JobNow {
  /** As `seenOf` wrote it; another text means that the job has changed. */
  seen: string;
  state: string;
  workerId: string | null;
}

export interface HoldingNow {
  jobId: string;
  workerId: string;
  startsAt: Date;
  endsAt: Date;
}

export const SKIP_CODES = [
  'JOB_GONE',
  'JOB_CHANGED',
  'UNDER_WAY',
  'BEING_OFFERED',
  'ALREADY_ASSIGNED',
  'PINNED',
  'IN_THE_PAST',
  'WORKER_AWAY',
  'WORKER_BUSY',
] as const;

/** Who should have set off a few minutes ago sets off now. */
const LATE_START_MS = 600_000;

export interface SkippedStop {
  jobId: string;
  code: (typeof SKIP_CODES)[number];
  detail: string;
}

interface Present {
  now: Date;
  jobs: ReadonlyMap<string, JobNow>;
  /** As planned: what each job looked like then. */
  seen: Readonly<Record<string, string>>;
  /** Everything that holds a worker's time. */
  holdings: readonly HoldingNow[];
  /** Workers who are still there to take work. */
  workers: ReadonlySet<string>;
}

/**
 * Which stops of a proposal can still be made true, and why not the others. What is skipped stays as it is, so a skipped
 * stop may stand in the way of another: looked at again until nothing changes.
 */
export function fitStops(
  wanted: readonly ProposedStop[],
  present: Present,
): { apply: ProposedStop[]; skipped: SkippedStop[] } {
  const skipped: SkippedStop[] = [];
  let apply = wanted.filter((stop) => {
    const why = changedMeanwhile(stop, present);
    if (why) skipped.push({ jobId: stop.jobId, ...why });
    return !why;
  });
  for (;;) {
    const moving = new Set(apply.map(({ jobId }) => jobId));
    const staying = present.holdings.filter(({ jobId }) => !moving.has(jobId));
    const clash = apply.flatMap((stop) => {
      const hit = staying.find((held) => held.workerId === stop.workerId && overlap(stop, held));
      return hit ? [{ stop, hit }] : [];
    })[0];
    if (!clash) return { apply, skipped };
    apply = apply.filter((stop) => stop !== clash.stop);
    skipped.push({
      jobId: clash.stop.jobId,
      code: 'WORKER_BUSY',
      detail: `${clash.hit.startsAt.toISOString()} to ${clash.hit.endsAt.toISOString()} is promised to job ${clash.hit.jobId}`,
    });
  }
}

function changedMeanwhile(stop: ProposedStop, present: Present): Omit<SkippedStop, 'jobId'> | null {
  const job = present.jobs.get(stop.jobId);
  if (!job) return { code: 'JOB_GONE', detail: 'there is no such job any more' };
  if (stop.pinned) return { code: 'PINNED', detail: stop.pinned };
  if (job.state === 'offering') return { code: 'BEING_OFFERED', detail: 'a worker is being asked' };
  if (job.state === 'assigned' && job.workerId !== (stop.from?.workerId ?? null))
    return { code: 'ALREADY_ASSIGNED', detail: `to worker ${job.workerId}` };
  if (['en_route', 'arrived', 'in_progress', 'paused'].includes(job.state))
    return { code: 'UNDER_WAY', detail: `it is ${job.state}` };
  if (job.state !== 'unassigned' && job.state !== 'assigned')
    return { code: 'JOB_GONE', detail: `it is ${job.state}` };
  if (job.seen !== present.seen[stop.jobId])
    return { code: 'JOB_CHANGED', detail: 'its place, time, length or state is not what was planned' };
  if (Date.parse(stop.startsAt) < present.now.getTime() - LATE_START_MS)
    return { code: 'IN_THE_PAST', detail: `it was to begin at ${stop.startsAt}` };
  if (!present.workers.has(stop.workerId))
    return { code: 'WORKER_AWAY', detail: `worker ${stop.workerId} is suspended or gone` };
  return null;
}

const overlap = (stop: ProposedStop, held: HoldingNow): boolean =>
  Date.parse(stop.startsAt) < held.endsAt.getTime() && Date.parse(stop.endsAt) > held.startsAt.getTime();
