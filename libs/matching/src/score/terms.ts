import { haversineMetres } from '#kernel';
import type { Leg } from '../eligibility/leg.js';
import { travelSeconds } from '../eligibility/leg.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy, ScoreTermName } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';

/** What a soft rule looks at. `now` is epoch milliseconds. */
export interface ScoreContext {
  job: MatchJob;
  worker: MatchWorker;
  policy: MatchPolicy;
  leg: Leg;
  now: number;
}

/** One soft rule: a raw measure in its unit, and whether more of it is better. */
export interface SoftRule {
  term: ScoreTermName;
  unit: string;
  /** +1 = more is better, -1 = more is worse. */
  sign: 1 | -1;
  /** The business reason, one line. */
  why: string;
  measure(context: ScoreContext): number;
}

const travelTime: SoftRule = {
  term: 'travel_time',
  unit: 'min',
  sign: -1,
  why: 'Minutes on the road are paid by nobody.',
  measure: ({ leg }) => leg.travelSeconds / 60,
};

/** 0 when half the window is left on arrival, 1 when none is; the estimate is off by minutes often enough. */
const latenessRisk: SoftRule = {
  term: 'lateness_risk',
  unit: 'of 1',
  sign: -1,
  why: 'An arrival at the end of the window is late on a bad day.',
  measure: ({ job, leg }) => {
    const half = Math.max(1, (job.arrivalWindow.end - job.arrivalWindow.start) / 2);
    return Math.min(1, Math.max(0, 1 - (job.arrivalWindow.end - leg.arriveAt) / half));
  },
};

/** At most eight hours count, so that somebody back from holiday does not win everything. */
const idleFairness: SoftRule = {
  term: 'idle_fairness',
  unit: 'min idle',
  sign: 1,
  why: 'Who has waited longest should work next.',
  measure: ({ worker, now }) => {
    const shift = worker.shifts.find((s) => s.start <= now && now < s.end);
    const since = worker.lastAssignedAt ?? shift?.start ?? now;
    return Math.min(480, Math.max(0, (now - since) / 60_000));
  },
};

const skillSurplus: SoftRule = {
  term: 'skill_surplus',
  unit: 'levels unused',
  sign: -1,
  why: 'Keep the specialist free for the work only a specialist can do.',
  measure: ({ job, worker }) =>
    worker.skills.reduce((sum, held) => {
      const needed = job.skills.find((s) => s.skill === held.skill);
      return sum + Math.max(0, held.level - (needed?.level ?? 0));
    }, 0),
};

const preferredWorker: SoftRule = {
  term: 'preferred_worker',
  unit: 'yes',
  sign: 1,
  why: 'The customer asked for this person.',
  measure: ({ job, worker }) => (job.preferredWorkerIds.includes(worker.id) ? 1 : 0),
};

/** 1 for the most usual worker, 1/2 for the next, 1/3 ... */
const continuity: SoftRule = {
  term: 'continuity',
  unit: 'of 1',
  sign: 1,
  why: 'Somebody who knows the place works better there.',
  measure: ({ job, worker }) => {
    const rank = job.usualWorkerIds.indexOf(worker.id);
    return rank < 0 ? 0 : 1 / (rank + 1);
  },
};

/** Newcomers count as four stars: neither buried nor carried. */
const rating: SoftRule = {
  term: 'rating',
  unit: 'stars',
  sign: 1,
  why: 'Customers have said who does well.',
  measure: ({ worker }) => worker.rating ?? 4,
};

/** Not inspected yet counts as 80. */
const qualityScore: SoftRule = {
  term: 'quality_score',
  unit: 'of 100',
  sign: 1,
  why: 'Inspections count in what comes next.',
  measure: ({ worker }) => worker.qualityScore ?? 80,
};

const workloadBalance: SoftRule = {
  term: 'workload_balance',
  unit: 'tasks today',
  sign: -1,
  why: 'The day should be spread over everybody on it.',
  measure: ({ worker }) => worker.tasksToday,
};

/** Extra minutes over going straight to the stop that follows. */
const detour: SoftRule = {
  term: 'detour',
  unit: 'min extra',
  sign: -1,
  why: 'A job on the way is nearly free.',
  measure: ({ job, worker, leg, policy }) => {
    if (!worker.nextStop || !leg.from) return 0;
    const onward = travelSeconds(haversineMetres(job.point, worker.nextStop), policy.travel);
    const straight = travelSeconds(haversineMetres(leg.from, worker.nextStop), policy.travel);
    return Math.max(0, (leg.travelSeconds + onward - straight) / 60);
  },
};

/** Every soft rule, in the order in which a decision is explained. */
export const SOFT_RULES: readonly SoftRule[] = [
  travelTime, //        gets there soon
  latenessRisk, //      with time to spare
  idleFairness, //      has waited longest
  skillSurplus, //      is not too good for it
  preferredWorker, //   was asked for
  continuity, //        knows the place
  rating, //            is liked
  qualityScore, //      and inspected
  workloadBalance, //   has had little today
  detour, //            passes by anyway
];
