import { Module } from '@nestjs/common';
import { BookingModule } from '#booking';
import { JobModule } from '#job';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.service.js';
import { SystemAlerts } from './alerts/system-alerts.service.js';
import { Assignments } from './assignments.service.js';
import { Board } from './board.service.js';
import { BoardMoves } from './board-moves.service.js';
import { DeskController } from './desk.controller.js';
import { Desk } from './desk.service.js';
import { DispatchHandlers } from './dispatch.handlers.js';
import { DispatchRetention } from './dispatch.retention.js';
import { Explaining } from './explaining.service.js';
import { Looker } from './looker.service.js';
import { OffersController } from './offers.controller.js';
import { Offers } from './offers.service.js';
import { OfflineDispatch } from './offline.js';
import { DayInputs } from './plan/day-inputs.service.js';
import { Insertions } from './plan/insertions.service.js';
import { PlanApply } from './plan/plan-apply.service.js';
import { PlanProposer } from './plan/plan-proposer.service.js';
import { PlanRunner } from './plan/plan-runner.service.js';
import { PlanSolver } from './plan/plan-solver.js';
import { PlansController } from './plan/plans.controller.js';
import { Plans } from './plan/plans.service.js';
import { Roads } from './plan/roads.service.js';
import { DryRunsController } from './policy/dry-runs.controller.js';
import { DryRuns } from './policy/dry-runs.service.js';
import { PastDays } from './policy/past-days.service.js';
import { DispatchPoliciesController } from './policy/policies.controller.js';
import { DispatchPolicies } from './policy/policy-book.service.js';
import { Pools } from './pool.service.js';
import { Presence } from './presence.js';
import { MovePlanner } from './promise/move-planner.service.js';
import { PromiseKeeper } from './promise/promise-keeper.service.js';
import { WorkerVisits } from './promise/worker-visits.service.js';
import { Rankings } from './ranking.service.js';
import { RespondController } from './respond/respond.controller.js';
import { Responding } from './respond/responding.service.js';
import { Responses } from './respond/responses.service.js';
import { RoundTimes } from './round-times.service.js';
import { Rounds } from './rounds.service.js';
import { RunSweep } from './run-sweep.service.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViews } from './saved-views/saved-views.service.js';
import { Search } from './search.service.js';
import { SummaryController } from './summary.controller.js';
import { DispatchSweep } from './sweep.service.js';
import { Wakes } from './wakes.service.js';

@Module({
  imports: [BookingModule, JobModule, TerritoryModule, WorkforceModule],
  controllers: [
    OffersController,
    DeskController,
    AlertsController,
    DispatchPoliciesController,
    DryRunsController,
    PlansController,
    RespondController,
    SavedViewsController,
    SummaryController,
  ],
  providers: [
    Alerts,
    SystemAlerts,
    Assignments,
    Presence,
    Board,
    BoardMoves,
    Desk,
    DispatchHandlers,
    DispatchRetention,
    DispatchPolicies,
    DryRuns,
    DayInputs,
    Insertions,
    PlanApply,
    PlanProposer,
    PlanRunner,
    PlanSolver,
    Plans,
    Roads,
    PastDays,
    RunSweep,
    Explaining,
    DispatchSweep,
    Looker,
    MovePlanner,
    Offers,
    OfflineDispatch,
    Pools,
    PromiseKeeper,
    Rankings,
    Responding,
    Responses,
    RoundTimes,
    Rounds,
    SavedViews,
    Search,
    Wakes,
    WorkerVisits,
  ],
  exports: [Assignments, Offers, Wakes],
})
export class DispatchModule {}
