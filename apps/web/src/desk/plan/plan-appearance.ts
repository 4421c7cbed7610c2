import type { DayPlan, Job, SkippedVisit } from '../../api/types';
import { workerName } from './plan-jobs';

/** What the lines of a proposal need to know of everything around them. */
export interface PlanAppearance {
  planId: string;
  jobOf: (id: string | null | undefined) => Job | undefined;
  nameOf: (workerId: string | null | undefined) => string;
  /** By job: made true already; left as it was, and why. */
  applied: ReadonlySet<string>;
  skipped: ReadonlyMap<string, SkippedVisit>;
}

export const appearanceOf = (plan: DayPlan, jobOf: PlanAppearance['jobOf']): PlanAppearance => ({
  planId: plan.id,
  jobOf,
  nameOf: (id) => workerName(plan, id),
  applied: new Set(plan.outcome?.applied),
  skipped: new Map(plan.outcome?.skipped.map((skip) => [skip.jobId, skip])),
});
