import type { BoardWorker, Job } from '../../api/types';
import { SNAP_MS } from './board-scale';
import type { Target } from './movable';

interface Day {
  workers: readonly BoardWorker[];
  start: number;
  now: number;
  /** Whether a worker may be sent to the job at all. */
  able: (worker: BoardWorker) => boolean;
}

const up = (at: number) => Math.ceil(at / SNAP_MS) * SNAP_MS;

/**
 * What is proposed for open work: not before its window or the present, with whoever is free for it first; of several the
 * one whose row comes first. When nobody is, somebody able at the earliest time, so that the reason is told.
 */
export function firstTarget(job: Pick<Job, 'windowStart' | 'durationSeconds'>, day: Day): Target {
  const { workers, able } = day;
  const earliest = up(Math.max(day.now, day.start, job.windowStart ? Date.parse(job.windowStart) : 0));
  const candidates = workers.filter(able);
  let best: Target | null = null;
  for (const worker of candidates) {
    const startsAt = freeFrom(worker, earliest, job.durationSeconds * 1_000);
    if (startsAt !== null && (best === null || startsAt < best.startsAt))
      best = { workerId: worker.id, startsAt };
  }
  return best ?? { workerId: (candidates[0] ?? workers[0]!).id, startsAt: earliest };
}

/** When a gap of `length` in the shifts begins; ways are not counted. */
function freeFrom({ shifts, assignments }: BoardWorker, earliest: number, length: number): number | null {
  const busy = assignments
    .map((a) => ({ from: Date.parse(a.startsAt), to: Date.parse(a.endsAt) }))
    .sort((a, b) => a.from - b.from);
  for (const shift of shifts) {
    let at = up(Math.max(earliest, Date.parse(shift.start)));
    for (const { from, to } of busy) if (from < at + length && to > at) at = up(to);
    if (at + length <= Date.parse(shift.end)) return at;
  }
  return null;
}
