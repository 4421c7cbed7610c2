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
export { dispatchStage } from './dispatch.stage.js';
export { DECLINE_REASONS, type DeclineReason, Offer, type OfferState } from './offers/offer.entity.js';
export { OffersService } from './offers/offers.service.js';
export { PlanSolverService } from './planning/plan-solver.service.js';
