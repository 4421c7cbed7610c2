import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Caller,
  Can,
  decodeCursor,
  IdParam,
  IfMatch,
  LargeBody,
  type Principal,
  toPage,
  UnitOfWork,
} from '#platform';
import { insertionsFor, proposalFor } from '../masked.js';
import type { DayProposal } from '../rules/day-proposal.js';
import type { DayPlan } from './day-plan.entity.js';
import { Insertions } from './insertions.service.js';
import {
  AppliedPlan,
  ApplyPlanBody,
  InsertBody,
  InsertionChoiceView,
  InsertionsView,
  NewPlan,
  PlanList,
  PlanQuery,
  PlanSummary,
  PlanView,
  type ProposalView,
} from './plan.dto.js';
import { PlanApply } from './plan-apply.service.js';
import { Plans } from './plans.service.js';

@ApiTags('plans')
@Controller({ version: '1' })
export class PlansController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: Plans,
    private readonly planApply: PlanApply,
    private readonly insertions: Insertions,
  ) {}

  /** Plans a day of an area beside everything else; hear of it as plan.progress and plan.proposed, or read it. */
  @Post('plans')
  @HttpCode(202)
  @Can('create', 'Plan')
  @ApiAcceptedResponse({ type: PlanView })
  ask(@Caller() caller: Principal, @Body() body: NewPlan): Promise<PlanView> {
    const { horizon: horizonHours, ...wish } = body;
    return this.uow.run(caller.orgId, async (tx) =>
      planView(await this.plans.ask(tx, { ...wish, horizonHours }), caller.role),
    );
  }

  @Get('plans')
  @Can('read', 'Plan')
  @ApiOkResponse({ type: PlanList })
  list(@Caller() caller: Principal, @Query() query: PlanQuery): Promise<PlanList> {
    const { areaId, date, limit, cursor } = query;
    const before = cursor ? decodeCursor(cursor, 'id')[0] : undefined;
    return this.uow.run(caller.orgId, async (tx) =>
      toPage(await this.plans.list(tx, { areaId, date, limit, before }), limit, summary, ({ id }) => [id]),
    );
  }

  @Get('plans/:id')
  @Can('read', 'Plan')
  @ApiOkResponse({ type: PlanView })
  async one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<PlanView> {
    const plan = await this.uow.run(caller.orgId, (tx) => this.plans.get(tx, id));
    return planView(plan, caller.role);
  }

  /** Stops become assignments; what has changed since is left as it is, each with its reason. */
  @Post('plans/:id/apply')
  @HttpCode(200)
  @Can('update', 'Plan')
  @LargeBody({ maxBytes: 256 * 1024, maxValues: 6_000 })
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: AppliedPlan })
  apply(
    @Caller() caller: Principal,
    @IdParam('id') planId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { stops }: ApplyPlanBody,
  ): Promise<AppliedPlan> {
    return this.uow.run(caller.orgId, async (tx) => {
      const { plan, ...outcome } = await this.planApply.apply(tx, { planId, jobIds: stops, expectedVersion });
      return { plan: summary(plan), ...outcome };
    });
  }

  @Post('plans/:id/cancel')
  @HttpCode(200)
  @Can('update', 'Plan')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: PlanView })
  cancel(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @IfMatch() expectedVersion: number | undefined,
  ): Promise<PlanView> {
    return this.uow.run(caller.orgId, async (tx) =>
      planView(await this.plans.cancel(tx, id, expectedVersion), caller.role),
    );
  }

  /** Where an open job would fit into the day as it runs, cheapest first, and whom it would disturb. Saves nothing. */
  @Post('jobs/:id/insertions')
  @HttpCode(200)
  @Can('read', 'Plan')
  @ApiOkResponse({ type: InsertionsView })
  async preview(@Caller() { orgId, role }: Principal, @IdParam('id') jobId: string): Promise<InsertionsView> {
    return insertionsFor(role, await this.uow.run(orgId, (tx) => this.insertions.preview(tx, jobId)));
  }

  /** Puts an open job into a worker's day, where the preview says. */
  @Post('jobs/:id/insert')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: InsertionChoiceView })
  insert(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { workerId }: InsertBody,
  ): Promise<InsertionChoiceView> {
    return this.uow.run(caller.orgId, (tx) =>
      this.insertions.insert(tx, { jobId, workerId, expectedVersion }),
    );
  }
}

function summary(plan: DayPlan): PlanSummary {
  const { id, version, areaId, date, state, startAt, endAt, progress, proposal, error } = plan;
  const { createdBy, createdAt, finishedAt } = plan;
  const totals = proposal?.totals ?? null;
  return {
    id,
    version,
    areaId,
    date,
    state,
    startAt,
    endAt,
    progress,
    totals,
    error,
    createdBy,
    createdAt,
    finishedAt,
  };
}

function planView(plan: DayPlan, role: string): PlanView {
  const { proposal, outcome } = plan;
  return { ...summary(plan), proposal: proposal && proposalView(proposal, role), outcome };
}

const proposalView = ({ seen: _seen, ...proposal }: DayProposal, role: string): ProposalView =>
  proposalFor(role, proposal);
