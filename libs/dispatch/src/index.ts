import { AlertMark } from './alerts/alert-mark.entity.js';
import { Assignment } from './assignment.entity.js';
import { Offer } from './offer.entity.js';
import { DayPlan } from './plan/day-plan.entity.js';
import { DispatchPolicy } from './policy/dispatch-policy.entity.js';
import { PolicyDryRun } from './policy/dry-run.entity.js';
import { DispatchArea, DispatchRound, JobEvaluation } from './round.entity.js';
import { SavedView, SavedViewDefault } from './saved-views/saved-view.entity.js';

export { Assignment, type AssignmentState } from './assignment.entity.js';
export { Assignments } from './assignments.service.js';
export {
  JobEvaluated,
  OfferAccepted,
  OfferDeclined,
  OfferExpired,
  OfferMadeFact,
  OfferWithdrawn,
} from './dispatch.facts.js';
export { DispatchModule } from './dispatch.module.js';
export { DECLINE_REASONS, type DeclineReason, Offer, type OfferState } from './offer.entity.js';
export { Offers } from './offers.service.js';
export { PlanSolver } from './plan/plan-solver.js';

export const dispatchEntities = [
  AlertMark,
  Assignment,
  DispatchPolicy,
  DayPlan,
  PolicyDryRun,
  Offer,
  DispatchArea,
  DispatchRound,
  JobEvaluation,
  SavedView,
  SavedViewDefault,
];
