import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { authorize } from '#identity';
import { Conflict } from '#kernel';
import { Caller, Can, IdParam, IfMatch, type Principal, type Tx, UnitOfWork } from '#platform';
import { WorkforceService } from '../status/workforce.service.js';
import {
  NewWorkerBody,
  OwnStatusBody,
  SkillsBody,
  StatusBody,
  VisitsQuery,
  WorkerChangeBody,
  WorkerPage,
  WorkerQuery,
  WorkerView,
} from './worker.dto.js';
import { WorkerErasureService } from './worker-erasure.service.js';
import { WorkerReaderService } from './worker-reader.service.js';
import { WorkersService } from './workers.service.js';

@ApiTags('workers')
@Controller({ version: '1' })
export class WorkerController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly workforce: WorkforceService,
    private readonly workers: WorkersService,
    private readonly reader: WorkerReaderService,
    private readonly erasure: WorkerErasureService,
  ) {}

  /** The office sees all workers, a worker only himself. */
  @Get('workers')
  @Can('read', 'Worker')
  @ApiOkResponse({ type: WorkerPage })
  list(@Caller() caller: Principal, @Query() query: WorkerQuery): Promise<WorkerPage> {
    return this.uow.run(caller.orgId, async (tx) => {
      if (caller.role !== 'worker') return this.reader.page(tx, query, caller.role);
      const own = caller.workerId ? await this.workforce.workers(tx, [caller.workerId]) : [];
      return { items: await this.reader.withSkills(tx, own, caller.role), nextCursor: null };
    });
  }

  @Post('workers')
  @Can('create', 'Worker')
  @ApiCreatedResponse({ type: WorkerView })
  create(@Caller() caller: Principal, @Body() body: NewWorkerBody): Promise<WorkerView> {
    const { login, ...worker } = body;
    if (login) authorize(caller, 'create', 'User', {});
    return this.uow.run(caller.orgId, async (tx) => {
      const { id } = await this.workers.create(tx, worker, login);
      return this.view(tx, id, caller);
    });
  }

  @Get('workers/:id')
  @Can('read', 'Worker')
  @ApiOkResponse({ type: WorkerView })
  async get(@Caller() caller: Principal, @IdParam('id') id: string): Promise<WorkerView> {
    const view = await this.uow.run(caller.orgId, (tx) => this.view(tx, id, caller));
    return view;
  }

  @Patch('workers/:id')
  @Can('update', 'Worker')
  @ApiOkResponse({ type: WorkerView })
  change(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: WorkerChangeBody,
    @Query() { visits = 'ask' }: VisitsQuery,
    @IfMatch() expected: number | undefined,
  ): Promise<WorkerView> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.workers.change(tx, id, body, { expected, visits });
      return this.view(tx, id, caller);
    });
  }

  @Put('workers/:id/skills')
  @Can('update', 'Worker')
  @ApiOkResponse({ type: WorkerView })
  skills(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() { skills }: SkillsBody,
    @Query() { visits = 'ask' }: VisitsQuery,
    @IfMatch() expected: number | undefined,
  ): Promise<WorkerView> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.workers.setSkills(tx, id, skills, { expected, visits });
      return this.view(tx, id, caller);
    });
  }

  /** The desk says whether somebody works; `suspended` may carry an end. */
  @Post('workers/:id/status')
  @HttpCode(200)
  @Can('update', 'Worker')
  @ApiOkResponse({ type: WorkerView })
  status(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() { status, ...options }: StatusBody,
  ): Promise<WorkerView> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.workforce.setStatus(tx, id, status, { visits: 'ask', ...options });
      return this.view(tx, id, caller);
    });
  }

  /** Workers say themselves when they begin, pause and end; a suspension only the desk can lift. */
  @Post('me/status')
  @HttpCode(200)
  @Can('set_status', 'Worker')
  @ApiOkResponse({ type: WorkerView })
  ownStatus(@Caller() caller: Principal, @Body() { status }: OwnStatusBody): Promise<WorkerView> {
    const { workerId } = caller;
    if (!workerId) throw new Conflict('NOT_A_WORKER', 'This account belongs to no worker.');
    return this.uow.run(caller.orgId, async (tx) => {
      const worker = await this.workers.live(tx, workerId);
      if (worker.status === 'suspended')
        throw new Conflict('SUSPENDED', 'You are suspended; ask the desk.', { until: worker.suspendedUntil });
      if (worker.status === 'busy')
        throw new Conflict('WORKER_BUSY', 'You hold a job; finish or release it first.');
      await this.workforce.setStatus(tx, workerId, status);
      return this.view(tx, workerId, caller);
    });
  }

  @Delete('workers/:id')
  @HttpCode(204)
  @Can('delete', 'Worker')
  @ApiNoContentResponse()
  archive(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Query() { visits = 'ask' }: VisitsQuery,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.workers.archive(tx, id, { expected, visits }));
  }

  /** Takes the person out of all rows, with their account, for good. The id stays, for the log. For administrators. */
  @Post('workers/:id/erase')
  @HttpCode(204)
  @Can('erase', 'User')
  @ApiNoContentResponse()
  erase(@Caller() { orgId }: Principal, @IdParam('id') id: string): Promise<void> {
    return this.uow.run(orgId, (tx) => this.erasure.erase(tx, id));
  }

  private async view(tx: Tx, id: string, caller: Principal): Promise<WorkerView> {
    const worker = await this.workforce.worker(tx, id);
    authorize(caller, 'read', 'Worker', worker);
    const [view] = await this.reader.withSkills(tx, [worker], caller.role);
    return view!;
  }
}
