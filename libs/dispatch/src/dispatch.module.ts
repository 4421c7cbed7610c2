import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { JobModule } from '#job';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { AlertsController } from './alerts/alerts.controller.js';
import { AlertsService } from './alerts/alerts.service.js';
import { DispatchAlertsService } from './alerts/dispatch-alerts.service.js';
import { AssignmentFollowerService } from './assignments/assignment-follower.service.js';
import { AssignmentsService } from './assignments/assignments.service.js';
import { MovePlannerService } from './assignments/move-planner.service.js';
import { WorkerVisitsService } from './assignments/worker-visits.service.js';
import { DispatchHandlers } from './dispatch.handlers.js';
import { DispatchRetention } from './dispatch.retention.js';
import { BoardMovesService } from './manual/board-moves.service.js';
import { DispatchBoardService } from './manual/dispatch-board.service.js';
import { ExplanationService } from './manual/explanation.service.js';
import { ManualDispatchController } from './manual/manual-dispatch.controller.js';
import { ManualDispatchService } from './manual/manual-dispatch.service.js';
import { PresenceService } from './manual/presence.service.js';
import { EmergencyResponseController } from './manual/respond/emergency-response.controller.js';
import { EmergencyResponseService } from './manual/respond/emergency-response.service.js';
import { RespondersService } from './manual/respond/responders.service.js';
import { SummaryController } from './manual/summary.controller.js';
import { OffersController } from './offers/offers.controller.js';
import { OffersService } from './offers/offers.service.js';
import { OfflineAnswersService } from './offers/offline-answers.service.js';
import { DayInputsService } from './planning/day-inputs.service.js';
import { DayPlansController } from './planning/day-plans.controller.js';
import { DayPlansService } from './planning/day-plans.service.js';
import { InsertionsService } from './planning/insertions.service.js';
import { PlanApplyService } from './planning/plan-apply.service.js';
import { PlanProposerService } from './planning/plan-proposer.service.js';
import { PlanRunnerService } from './planning/plan-runner.service.js';
import { PlanSolverService } from './planning/plan-solver.service.js';
import { TravelTimesService } from './planning/travel-times.service.js';
import { DispatchPoliciesController } from './policies/dispatch-policies.controller.js';
import { DispatchPoliciesService } from './policies/dispatch-policies.service.js';
import { DryRunsController } from './policies/dry-runs/dry-runs.controller.js';
import { DryRunsService } from './policies/dry-runs/dry-runs.service.js';
import { PastDaysService } from './policies/dry-runs/past-days.service.js';
import { CandidatePoolService } from './rounds/candidate-pool.service.js';
import { DispatchSweepService } from './rounds/dispatch-sweep.service.js';
import { RankingService } from './rounds/ranking.service.js';
import { RoundLoaderService } from './rounds/round-loader.service.js';
import { RoundRequestsService } from './rounds/round-requests.service.js';
import { RoundScheduleService } from './rounds/round-schedule.service.js';
import { RoundsService } from './rounds/rounds.service.js';
import { WorkerSearchService } from './rounds/worker-search.service.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViewsService } from './saved-views/saved-views.service.js';

@Module({
  imports: [CatalogueModule, JobModule, TerritoryModule, WorkforceModule],
  controllers: [
    OffersController,
    ManualDispatchController,
    AlertsController,
    DispatchPoliciesController,
    DryRunsController,
    DayPlansController,
    EmergencyResponseController,
    SavedViewsController,
    SummaryController,
  ],
  providers: [
    AlertsService,
    DispatchAlertsService,
    AssignmentsService,
    PresenceService,
    DispatchBoardService,
    BoardMovesService,
    ManualDispatchService,
    DispatchHandlers,
    DispatchRetention,
    DispatchPoliciesService,
    DryRunsService,
    DayInputsService,
    InsertionsService,
    PlanApplyService,
    PlanProposerService,
    PlanRunnerService,
    PlanSolverService,
    DayPlansService,
    TravelTimesService,
    PastDaysService,
    ExplanationService,
    DispatchSweepService,
    RoundLoaderService,
    MovePlannerService,
    OffersService,
    OfflineAnswersService,
    CandidatePoolService,
    AssignmentFollowerService,
    RankingService,
    EmergencyResponseService,
    RespondersService,
    RoundScheduleService,
    RoundsService,
    SavedViewsService,
    WorkerSearchService,
    RoundRequestsService,
    WorkerVisitsService,
  ],
  exports: [AssignmentsService, OffersService, RoundRequestsService],
})
export class DispatchModule {}
