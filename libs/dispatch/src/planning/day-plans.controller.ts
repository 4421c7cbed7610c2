import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  answerOf,
  Caller,
  Can,
  CommandRunner,
  Cost,
  decodeCursor,
  IdParam,
  IfMatch,
  LargeBody,
  OwnTransaction,
  type Principal,
  type Tx,
  toPage,
  UnitOfWork,
} from '#platform';
import { insertionsFor, proposalFor } from '../manual/mask.views.js';
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
} from './day-plan.dto.js';
import type { DayPlan } from './day-plan.entity.js';
import { DayPlansService } from './day-plans.service.js';
import type { DayProposal } from './day-proposal.js';
import { InsertionsService } from './insertions.service.js';
import { PlanApplyService } from './plan-apply.service.js';

@ApiTags('day-plans')
@Controller({ version: '1' })
export class DayPlansController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: DayPlansService,
    private readonly planApply: PlanApplyService,
    private readonly insertions: InsertionsService,
    private readonly commands: CommandRunner,
  ) {}

  /** Plans a day of an area beside everything else; hear of it as plan.progress and plan.proposed, or read it. */
  @Post('day-plans')
  @HttpCode(202)
  @Can('create', 'DayPlan')
  @ApiAcceptedResponse({ type: PlanView })
  ask(@Caller() caller: Principal, @Body() body: NewPlan): Promise<PlanView> {
    const { horizon: horizonHours, ...options } = body;
    return this.uow.run(caller.orgId, async (tx) =>
      planView(await this.plans.request(tx, { ...options, horizonHours }), caller.role),
    );
  }

  @Get('day-plans')
  @Can('read', 'DayPlan')
  @ApiOkResponse({ type: PlanList })
  list(@Caller() caller: Principal, @Query() query: PlanQuery): Promise<PlanList> {
    const { areaId, date, limit, cursor } = query;
    const before = cursor ? decodeCursor(cursor, 'id')[0] : undefined;
    return this.uow.run(caller.orgId, async (tx) =>
      toPage(await this.plans.list(tx, { areaId, date, limit, before }), limit, summary, ({ id }) => [id]),
    );
  }

  @Get('day-plans/:id')
  @Can('read', 'DayPlan')
  @ApiOkResponse({ type: PlanView })
  async one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<PlanView> {
    const plan = await this.uow.run(caller.orgId, (tx) => this.plans.get(tx, id));
    return planView(plan, caller.role);
  }

  /** Stops become assignments; what has changed since is left as it is, each with its reason. */
  @Post('day-plans/:id/apply')
  @HttpCode(200)
  @Can('update', 'DayPlan')
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

  @Post('day-plans/:id/cancel')
  @HttpCode(200)
  @Can('update', 'DayPlan')
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
  @Can('read', 'DayPlan')
  @Cost('heavy')
  @OwnTransaction()
  @ApiOkResponse({ type: InsertionsView })
  async preview(@Caller() { orgId, role }: Principal, @IdParam('id') jobId: string): Promise<InsertionsView> {
    return insertionsFor(role, await this.insertions.preview(orgId, jobId));
  }

  /** Puts an open job into a worker's day, where the preview says. */
  @Post('jobs/:id/insert')
  @HttpCode(200)
  @Can('assign', 'Job')
  @Cost('heavy')
  @OwnTransaction()
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: InsertionChoiceView })
  async insert(
    @Caller() { orgId, id: actorId }: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { workerId }: InsertBody,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InsertionChoiceView> {
    const body = { route: `jobs/${jobId}/insert`, workerId };
    const command = key === undefined ? null : { orgId, actorId, key, body };
    const before = command && (await this.commands.known<InsertionChoiceView>(command));
    if (before) return answerOf(before, response);
    const place = await this.insertions.choose(orgId, { jobId, workerId, expectedVersion });
    const work = (tx: Tx) => this.insertions.make(tx, place);
    if (!command) return this.uow.run(orgId, work);
    return answerOf(await this.commands.run(command, work), response);
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
