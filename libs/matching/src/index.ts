export { type Certificate, certify } from './assignment/certificate.js';
export {
  type DenseAssignment,
  type DenseAssignmentProblem,
  denseProblem,
} from './assignment/dense-problem.js';
export { solveDense } from './assignment/solve-dense.js';
export { solveSparse } from './assignment/solve-sparse.js';
export {
  type Arc,
  type SparseAssignment,
  type SparseAssignmentProblem,
  sparseProblem,
} from './assignment/sparse-problem.js';
export {
  type Evaluation,
  eligibleLeg,
  evaluate,
  evaluateLeg,
  reasonsAgainst,
} from './eligibility/evaluate.js';
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
export type { HeldSkill, MatchWorker, NextFree, WorkerPosition } from './model/match-worker.js';
export { validateJob, validatePolicy, validateWorker } from './model/validate.js';
export {
  type BatchAssignment,
  type BatchResult,
  type BatchUnassigned,
  matchBatch,
  unassignedPrice,
} from './policy/batch.js';
export { type Candidate, CandidateFinder, rankCandidates } from './policy/candidates.js';
export { type Draw, draw, drawIsHonest } from './policy/draw.js';
export { modeFor, type Selection, select } from './policy/select.js';
export { nextWave, type WaveStep } from './policy/waves.js';
export { type Explanation, explain, renderTerm } from './score/explain.js';
export { type Score, type ScoreTerm, score } from './score/score.js';
export { SOFT_RULES, type SoftRule } from './score/terms.js';
export {
  type TermChange,
  type WhatWouldHaveToChange,
  whatWouldHaveToChange,
} from './score/what-would-change.js';
export { MovingIndex, type NearestOptions, type Neighbour } from './spatial/moving-index.js';
export type { Polygon } from './spatial/polygon.js';
