import { eligibleLeg } from '../eligibility/evaluate.js';
import { isLive, type Leg, originOf } from '../eligibility/leg.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { scoreTotal } from '../score/score.js';
import { MovingIndex } from '../spatial/moving-index.js';

/** A worker who may do the job, and how well it would suit. */
export interface Candidate {
  workerId: string;
  worker: MatchWorker;
  leg: Leg;
  /** Score points; higher is better. */
  points: number;
}

/** Everybody eligible, best score first; equal scores go to the nearer, then to the smaller id. */
export function rankCandidates(
  job: MatchJob,
  workers: readonly MatchWorker[],
  policy: MatchPolicy,
  now: number,
): Candidate[] {
  const list: Candidate[] = [];
  for (const worker of workers) {
    const leg = eligibleLeg(job, worker, policy, now);
    if (leg)
      list.push({ workerId: worker.id, worker, leg, points: scoreTotal(job, worker, policy, now, leg) });
  }
  return list.sort(byPoints);
}

export const byPoints = (a: Candidate, b: Candidate): number => b.points - a.points || byDistance(a, b);

export const byDistance = (a: Candidate, b: Candidate): number =>
  a.leg.distanceMetres - b.leg.distanceMetres || (a.workerId < b.workerId ? -1 : 1);

/** Finds the nearest eligible workers of many jobs without asking every worker about every job. */
export class CandidateFinder {
  private readonly live: WorkerPlaces;
  private readonly later: WorkerPlaces;

  constructor(
    workers: readonly MatchWorker[],
    private readonly policy: MatchPolicy,
    private readonly now: number,
  ) {
    this.live = new WorkerPlaces(workers, policy, true);
    this.later = new WorkerPlaces(workers, policy, false);
  }

  /** The nearest eligible workers, at most the policy's `candidatesPerJob`, best score first. */
  find(job: MatchJob): Candidate[] {
    const { policy, now } = this;
    const places = isLive(job, policy, now) ? this.live : this.later;
    const legs = new Map<number, Leg | null>();
    const found = places.index.nearest(job.point.lat, job.point.lon, policy.candidatesPerJob, {
      maxMetres: policy.radiusMetres ?? Number.POSITIVE_INFINITY,
      filter: (handle) => {
        // The search may widen its circle and meet the same worker again.
        const known = legs.get(handle);
        if (known !== undefined) return known !== null;
        const leg = eligibleLeg(job, places.workers[handle]!, policy, now);
        legs.set(handle, leg);
        return leg !== null;
      },
    });
    return found
      .map((handle): Candidate => {
        const worker = places.workers[handle]!;
        const leg = legs.get(handle)!;
        return { workerId: worker.id, worker, leg, points: scoreTotal(job, worker, policy, now, leg) };
      })
      .sort(byPoints);
  }
}

/** Where workers would set out from; those whose whereabouts are unknown are in no place. */
class WorkerPlaces {
  readonly workers: MatchWorker[] = [];
  readonly index: MovingIndex;

  constructor(workers: readonly MatchWorker[], policy: MatchPolicy, live: boolean) {
    const points = [];
    for (const worker of workers) {
      const { from } = originOf(worker, policy, live);
      if (!from) continue;
      points.push(from);
      this.workers.push(worker);
    }
    this.index = new MovingIndex(points);
  }
}
