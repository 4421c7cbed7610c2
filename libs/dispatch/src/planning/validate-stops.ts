import { type CodedMessage, codedMessage } from '#kernel';
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
  'JOB_ENDED',
  'JOB_CHANGED',
  'UNDER_WAY',
  'BEING_OFFERED',
  'ALREADY_ASSIGNED',
  'PINNED',
  'IN_THE_PAST',
  'WORKER_AWAY',
  'OFF_HOURS',
  'CANNOT_DO',
  'WORKER_BUSY',
] as const;

/** Who should have set off a few minutes ago sets off now. */
const LATE_START_MS = 600_000;

/** Why a stop was left as it is. */
export interface SkippedStop extends CodedMessage<(typeof SKIP_CODES)[number]> {
  jobId: string;
}

interface Present {
  now: Date;
  jobs: ReadonlyMap<string, JobNow>;
  /** As planned: what each job looked like then. */
  seen: Readonly<Record<string, string>>;
  /** Everything that holds a worker's time. */
  holdings: readonly HoldingNow[];
  /** Workers who are still there to take work, and why one of them can no longer make a stop. */
  workers: ReadonlyMap<string, (stop: ProposedStop) => 'OFF_HOURS' | 'CANNOT_DO' | null>;
}

/**
 * Which stops of a proposal can still be made true, and why not the others. What is skipped stays as it is, so a skipped
 * stop may stand in the way of another: looked at again until nothing changes.
 */
export function validateStops(
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
    const clash = firstClash(apply, staying);
    if (!clash) return { apply, skipped };
    apply = apply.filter((stop) => stop !== clash.stop);
    const hit = {
      from: clash.hit.startsAt.toISOString(),
      to: clash.hit.endsAt.toISOString(),
      jobId: clash.hit.jobId,
    };
    skipped.push({
      jobId: clash.stop.jobId,
      ...codedMessage('WORKER_BUSY', `${hit.from} to ${hit.to} is promised to job ${hit.jobId}`, hit),
    });
  }
}

/** A stop that meets what stays, or an earlier stop of the same worker. */
function firstClash(
  stops: readonly ProposedStop[],
  staying: readonly HoldingNow[],
): { stop: ProposedStop; hit: HoldingNow } | undefined {
  const taken = new Map<string, HoldingNow[]>();
  for (const held of staying) taken.set(held.workerId, [...(taken.get(held.workerId) ?? []), held]);
  for (const stop of stops) {
    const mine = taken.get(stop.workerId) ?? [];
    const hit = mine.find((held) => overlap(stop, held));
    if (hit) return { stop, hit };
    const { jobId, workerId } = stop;
    mine.push({ jobId, workerId, startsAt: new Date(stop.startsAt), endsAt: new Date(stop.endsAt) });
    taken.set(workerId, mine);
  }
  return undefined;
}

function changedMeanwhile(stop: ProposedStop, present: Present): Omit<SkippedStop, 'jobId'> | null {
  const job = present.jobs.get(stop.jobId);
  if (!job) return codedMessage('JOB_GONE', 'there is no such job any more');
  const { state, workerId } = job;
  if (stop.pinned) return codedMessage('PINNED', stop.pinned, { by: stop.pinned });
  if (state === 'offering') return codedMessage('BEING_OFFERED', 'a worker is being asked');
  if (state === 'assigned' && workerId !== (stop.from?.workerId ?? null))
    return codedMessage('ALREADY_ASSIGNED', `to worker ${workerId}`, { workerId });
  if (['en_route', 'arrived', 'in_progress', 'paused'].includes(state))
    return codedMessage('UNDER_WAY', `it is ${state}`, { state });
  if (state !== 'unassigned' && state !== 'assigned')
    return codedMessage('JOB_ENDED', `it is ${state}`, { state });
  if (job.seen !== present.seen[stop.jobId])
    return codedMessage('JOB_CHANGED', 'its place, time, length or state is not what was planned');
  if (Date.parse(stop.startsAt) < present.now.getTime() - LATE_START_MS)
    return codedMessage('IN_THE_PAST', `it was to begin at ${stop.startsAt}`, { from: stop.startsAt });
  if (!present.workers.has(stop.workerId))
    return codedMessage('WORKER_AWAY', `worker ${stop.workerId} is suspended or gone`, {
      workerId: stop.workerId,
    });
  const hindered = present.workers.get(stop.workerId)!(stop);
  const { workerId: who } = stop;
  if (hindered === 'OFF_HOURS')
    return codedMessage('OFF_HOURS', `worker ${who} is on leave or works other hours by now`, {
      workerId: who,
    });
  if (hindered === 'CANNOT_DO')
    return codedMessage('CANNOT_DO', `worker ${who} lacks a skill or its certificate by now`, {
      workerId: who,
    });
  return null;
}

const overlap = (stop: ProposedStop, held: HoldingNow): boolean =>
  Date.parse(stop.startsAt) < held.endsAt.getTime() && Date.parse(stop.endsAt) > held.startsAt.getTime();
