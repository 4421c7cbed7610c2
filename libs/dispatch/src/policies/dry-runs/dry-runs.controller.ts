import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, decodeCursor, IdParam, PageQuery, type Principal, toPage, UnitOfWork } from '#platform';
import { DryRunBody, DryRunList, DryRunView } from './dry-run.dto.js';
import type { PolicyDryRun } from './dry-run.entity.js';
import { DryRunsService } from './dry-runs.service.js';

@ApiTags('dispatch policies')
@Controller({ path: 'dispatch-policies', version: '1' })
export class DryRunsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly dryRuns: DryRunsService,
  ) {}

  /** Replays a stretch of the past under another policy. Nothing is changed; read the answer at dry-runs/:id. */
  @Post('dry-run')
  @HttpCode(202)
  @Can('read', 'Policy')
  @ApiAcceptedResponse({ type: DryRunView })
  ask(@Caller() caller: Principal, @Body() body: DryRunBody): Promise<DryRunView> {
    const { policy, serviceTypeId = null, areaId = null, from, to } = body;
    return this.uow.run(caller.orgId, async (tx) =>
      view(await this.dryRuns.request(tx, { body: policy, serviceTypeId, areaId, from, to })),
    );
  }

  /** Newest first. */
  @Get('dry-runs')
  @Can('read', 'Policy')
  @ApiOkResponse({ type: DryRunList })
  list(@Caller() caller: Principal, @Query() { limit, cursor }: PageQuery): Promise<DryRunList> {
    const before = cursor ? decodeCursor(cursor, 'id')[0] : undefined;
    return this.uow.run(caller.orgId, async (tx) =>
      toPage(await this.dryRuns.list(tx, { limit, before }), limit, view, ({ id }) => [id]),
    );
  }

  @Get('dry-runs/:id')
  @Can('read', 'Policy')
  @ApiOkResponse({ type: DryRunView })
  one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<DryRunView> {
    return this.uow.run(caller.orgId, async (tx) => view(await this.dryRuns.get(tx, id)));
  }
}

function view(run: PolicyDryRun): DryRunView {
  const { id, state, areaId, serviceTypeId, from, to, body, result, error, createdAt, finishedAt } = run;
  return { id, state, areaId, serviceTypeId, from, to, policy: body, result, error, createdAt, finishedAt };
}
