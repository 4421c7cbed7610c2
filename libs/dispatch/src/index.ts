import { AlertMark } from './alerts/alert-mark.entity.js';
import { Assignment } from './assignments/assignment.entity.js';
import { Offer } from './offers/offer.entity.js';
import { DayPlan } from './planning/day-plan.entity.js';
import { DispatchPolicy } from './policies/dispatch-policy.entity.js';
import { PolicyDryRun } from './policies/dry-runs/dry-run.entity.js';
import { DispatchArea, DispatchRound, JobEvaluation } from './rounds/round.entity.js';
import { SavedView, SavedViewDefault } from './saved-views/saved-view.entity.js';

export { Assignment, type AssignmentState } from './assignments/assignment.entity.js';
export { AssignmentsService } from './assignments/assignments.service.js';
export {
  jobEvaluated,
  offerAccepted,
  offerDeclined,
  offerExpired,
  offerMade,
  offerWithdrawn,
} from './dispatch.facts.js';
export { DispatchModule } from './dispatch.module.js';
export { DECLINE_REASONS, type DeclineReason, Offer, type OfferState } from './offers/offer.entity.js';
export { OffersService } from './offers/offers.service.js';
export { PlanSolverService } from './planning/plan-solver.service.js';

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
