export { type Evaluation, eligibleLeg, evaluate, reasonsAgainst } from './eligibility/evaluate.js';
export { HARD_RULES } from './eligibility/hard-rules.js';
export { type Leg, type LegOrigin, planLeg, travelSeconds } from './eligibility/leg.js';
export { renderVerdict } from './eligibility/render.js';
export type { Fact, HardRule, MatchContext, Measure, Unit, Verdict } from './eligibility/verdict.js';
export type { MatchJob, RequiredSkill } from './model/match-job.js';
export {
  DEFAULT_POLICY,
  type MatchPolicy,
  SCORE_TERMS,
  type ScoreTermName,
  SELECTION_MODES,
  type SelectionMode,
  type TravelRule,
  type UnassignedPrice,
  type WaveRule,
} from './model/match-policy.js';
export {
  type HeldSkill,
  type MatchWorker,
  type NextFree,
  WORKER_STATUSES,
  type WorkerPosition,
  type WorkerStatus,
} from './model/match-worker.js';
