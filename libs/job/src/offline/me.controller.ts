import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Caller,
  Can,
  IdParam,
  LargeBody,
  MEBIBYTE,
  OwnTransaction,
  type Page,
  type Principal,
  UnitOfWork,
} from '#platform';
import { JobPage, type JobView } from '../desk/job.view.js';
import { EarningsQuery, EarningsView, MyEarnings } from '../field/my-earnings.service.js';
import { MyJobs, MyJobsQuery } from '../field/my-jobs.service.js';
import { ConflictPage, ConflictQuery, ConflictView, viewConflict, Withdrawal } from './conflict.dto.js';
import { ConflictResolver } from './conflict-resolver.service.js';
import { Conflicts } from './conflicts.service.js';
import { OperationBatch, OperationResults } from './operation.dto.js';
import { Operations } from './operations.service.js';

/** The worker's own jobs, operations and conflicts. */
@ApiTags('me')
@Controller({ path: 'me', version: '1' })
export class MeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly operations: Operations,
    private readonly conflicts: Conflicts,
    private readonly resolver: ConflictResolver,
    private readonly myJobs: MyJobs,
    private readonly earnings: MyEarnings,
  ) {}

  @Get('jobs')
  @Can('work', 'Job')
  @ApiOkResponse({ type: JobPage })
  jobs(@Caller() caller: Principal, @Query() query: MyJobsQuery): Promise<Page<JobView>> {
    return this.uow.run(caller.orgId, (tx) => this.myJobs.list(tx, caller, query));
  }

  /** Pay for today's and this week's completed visits, by the pay of their services. Not a statement. */
  @Get('earnings')
  @Can('work', 'Job')
  @ApiOkResponse({ type: EarningsView })
  earned(@Caller() caller: Principal, @Query() query: EarningsQuery): Promise<EarningsView> {
    return this.uow.run(caller.orgId, (tx) => this.earnings.get(tx, caller, query));
  }

  /** Applies operations recorded offline. Each gets its own outcome; the batch can be sent again. */
  @Post('operations')
  @HttpCode(200)
  @Can('record', 'Job')
  @OwnTransaction()
  @LargeBody({ maxBytes: 2 * MEBIBYTE, maxValues: 40_000 })
  @ApiOkResponse({ type: OperationResults })
  async take(@Caller() caller: Principal, @Body() body: OperationBatch): Promise<OperationResults> {
    const sentAt = body.sentAt ? new Date(body.sentAt) : null;
    return { results: await this.operations.take(caller, body.operations, sentAt) };
  }

  @Get('conflicts')
  @Can('read', 'Conflict')
  @ApiOkResponse({ type: ConflictPage })
  conflictsOfMine(@Caller() caller: Principal, @Query() query: ConflictQuery): Promise<Page<ConflictView>> {
    return this.uow.run(caller.orgId, (tx) => this.conflicts.listOwn(tx, query, caller));
  }

  /** The worker withdraws a recorded operation. It stays in the log. */
  @Post('conflicts/:id/withdraw')
  @HttpCode(200)
  @Can('withdraw', 'Conflict')
  @ApiOkResponse({ type: ConflictView })
  async withdraw(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: Withdrawal,
  ): Promise<ConflictView> {
    const conflict = await this.uow.run(caller.orgId, (tx) =>
      this.resolver.withdraw(tx, caller, id, body.reason),
    );
    return viewConflict(conflict, caller);
  }
}
