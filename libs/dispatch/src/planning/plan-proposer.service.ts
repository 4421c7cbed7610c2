import { Injectable } from '@nestjs/common';
import { Conflict } from '#kernel';
import { UnitOfWork } from '#platform';
import type { RoutingPlan } from '#routing';
import { emergenciesFirst } from '../rounds/emergencies-first.js';
import { DayInputsService, type LoadedDay } from './day-inputs.service.js';
import type { DayPlan } from './day-plan.entity.js';
import { dayProblem } from './day-problem.js';
import { type DayProposal, dayProposal } from './day-proposal.js';
import { type PlanSearch, PlanSolverService } from './plan-solver.service.js';
import { TravelTimesService } from './travel-times.service.js';

/** Larger days are to be split into areas. */
const MAX_PLACES = 2_500;

/** Reads a day, searches beside the event loop, and says what it would change. */
@Injectable()
export class PlanProposerService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly inputs: DayInputsService,
    private readonly travelTimes: TravelTimesService,
    private readonly solver: PlanSolverService,
  ) {}

  /** @throws Conflict DAY_TOO_LARGE */
  async propose(plan: DayPlan, search: Pick<PlanSearch, 'signal' | 'onBetter'>): Promise<DayProposal> {
    const { input, seen }: LoadedDay = await this.uow.run(plan.orgId, (tx) =>
      this.inputs.load(tx, {
        areaId: plan.areaId,
        date: plan.date,
        span: { start: plan.startAt.getTime(), end: plan.endAt.getTime() },
        keepDeskChoices: plan.options.keepDeskChoices,
        movedStopSeconds: plan.options.movedStopSeconds,
      }),
    );
    const { problem: estimated, leftOut, lapsing } = dayProblem(input);
    const places = estimated.locations?.length ?? 0;
    if (places > MAX_PLACES)
      throw new Conflict(
        'DAY_TOO_LARGE',
        `Too many stops (${places}, limit ${MAX_PLACES}): plan smaller areas.`,
        { places, most: MAX_PLACES },
      );
    const { problem: onRoads, travelSource: ways } = await this.travelTimes.withTravelTimes(estimated);
    const problem = emergenciesFirst(onRoads);
    const found: RoutingPlan | null =
      problem.jobs.length === 0 || problem.workers.length === 0
        ? null
        : await this.solver.solve(problem, {
            seconds: plan.options.seconds,
            seed: Number.parseInt(plan.id.slice(-7), 16),
            ...search,
          });
    return dayProposal(input, { problem, ways, plan: found, leftOut, lapsing, seen });
  }
}
