import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Caller,
  Can,
  IdParam,
  LargeBody,
  MEBIBYTE,
  OfflineOperations,
  OperationBatch,
  OperationResults,
  OwnTransaction,
  type Page,
  type Principal,
  UnitOfWork,
} from '#platform';
import { JobPage, type JobView } from '../desk/job.view.js';
import { EarningsQuery, EarningsView, MyEarningsService } from '../field/my-earnings.service.js';
import { MyJobsQuery, MyJobsService } from '../field/my-jobs.service.js';
import { ConflictPage, ConflictQuery, ConflictView, viewConflict, Withdrawal } from './conflict.dto.js';
import { ConflictsService } from './conflicts.service.js';

/** The worker's own jobs, operations and conflicts. */
@ApiTags('me')
@Controller({ path: 'me', version: '1' })
export class FieldWorkController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly operations: OfflineOperations,
    private readonly conflicts: ConflictsService,
    private readonly myJobs: MyJobsService,
    private readonly earnings: MyEarningsService,
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
  getEarnings(@Caller() caller: Principal, @Query() query: EarningsQuery): Promise<EarningsView> {
    return this.uow.run(caller.orgId, (tx) => this.earnings.get(tx, caller, query));
  }

  /** Applies operations recorded offline. Each gets its own outcome; the batch can be sent again. */
  @Post('operations')
  @HttpCode(200)
  @Can('record', 'Operation')
  @OwnTransaction()
  @LargeBody({ maxBytes: 2 * MEBIBYTE, maxValues: 40_000 })
  @ApiOkResponse({ type: OperationResults })
  async applyOperations(
    @Caller() caller: Principal,
    @Body() body: OperationBatch,
  ): Promise<OperationResults> {
    const sentAt = body.sentAt ? new Date(body.sentAt) : null;
    return { results: await this.operations.applyAll(caller, body.operations, sentAt) };
  }

  @Get('conflicts')
  @Can('read', 'Conflict')
  @ApiOkResponse({ type: ConflictPage })
  listOwnConflicts(@Caller() caller: Principal, @Query() query: ConflictQuery): Promise<Page<ConflictView>> {
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
      this.conflicts.withdraw(tx, caller, id, body.reason),
    );
    return viewConflict(conflict, caller);
  }
}
