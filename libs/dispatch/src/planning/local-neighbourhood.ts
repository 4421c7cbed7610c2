import { haversineMetres } from '#kernel';
import type { DayInput } from './day-problem.js';

/** Only the 25 nearest workers can plausibly be cheapest. */
const NEAREST = 25;

/**
 * The part of a day that one more job can concern: the workers who pass nearest to it (and `always`), what they hold, and the
 * job. Other open jobs are not looked at.
 */
export function localNeighbourhood(input: DayInput, jobId: string, always?: string): DayInput {
  const job = input.jobs.find(({ id }) => id === jobId);
  if (!job) return { ...input, workers: [], jobs: [] };
  const wanted = new Set([always, job.requiredWorkerId]);
  const held = input.jobs.filter((one) => one.held);
  const away = new Map(
    input.workers.map(({ id, position }) => [id, haversineMetres(position ?? input.centre, job.point)]),
  );
  for (const { point, held: row } of held)
    away.set(
      row!.workerId,
      Math.min(away.get(row!.workerId) ?? Number.POSITIVE_INFINITY, haversineMetres(point, job.point)),
    );
  const rank = ({ id }: { id: string }) => (wanted.has(id) ? -1 : away.get(id)!);
  const workers = [...input.workers].sort((a, b) => rank(a) - rank(b)).slice(0, NEAREST);
  const chosen = new Set(workers.map(({ id }) => id));
  return { ...input, workers, jobs: [...held.filter((one) => chosen.has(one.held!.workerId)), job] };
}
