import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Page, type Principal, UnitOfWork } from '#platform';
import { JobAccessService } from '../http/job-access.service.js';
import { NewJob } from '../intake/job-fields.dto.js';
import { JobIntakeService } from '../intake/job-intake.service.js';
import { ChangeEffectView, JobChanges } from './change.dto.js';
import { JobPage, JobView, viewJob } from './job.view.js';
import { type JobEdit, JobEditorService } from './job-editor.service.js';
import { JobListService } from './job-list.service.js';
import { JobQuery } from './job-query.dto.js';

@ApiTags('jobs')
@Controller({ path: 'jobs', version: '1' })
export class JobsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: JobAccessService,
    private readonly intake: JobIntakeService,
    private readonly editor: JobEditorService,
    private readonly jobs: JobListService,
  ) {}

  @Post()
  @Can('create', 'Job')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: JobView })
  create(@Caller() caller: Principal, @Body() body: NewJob): Promise<JobView> {
    return this.uow.run(caller.orgId, async (tx) =>
      viewJob(await this.intake.create(tx, body), caller, tx.now),
    );
  }

  @Get()
  @Can('read', 'Job')
  @ApiOkResponse({ type: JobPage })
  list(@Caller() caller: Principal, @Query() query: JobQuery): Promise<Page<JobView>> {
    return this.uow.run(caller.orgId, (tx) => this.jobs.list(tx, query, caller));
  }

  @Get(':id')
  @Can('read', 'Job')
  @ApiOkResponse({ type: JobView })
  one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<JobView> {
    return this.uow.run(caller.orgId, async (tx) =>
      viewJob(await this.access.job(tx, caller, id), caller, tx.now),
    );
  }

  /** What a change would do to the visit that is promised and to the worker's day. Saves nothing. */
  @Post(':id/change-preview')
  @HttpCode(200)
  @Can('update', 'Job')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ChangeEffectView })
  preview(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: JobChanges,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<ChangeEffectView> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.access.job(tx, caller, id, 'update');
      return this.editor.preview(tx, id, editOf(body, ifMatch));
    });
  }

  /**
   * A promised visit follows: it is re-timed, or the change is refused (409 VISIT_CANNOT_FOLLOW), or it asks first
   * (409 NEEDS_CONFIRMATION, repeat with `force`). Offers made for the job as it was are withdrawn.
   */
  @Patch(':id')
  @Can('update', 'Job')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: JobView })
  change(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: JobChanges,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<JobView> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.access.job(tx, caller, id, 'update');
      return viewJob(await this.editor.change(tx, id, editOf(body, ifMatch)), caller, tx.now);
    });
  }
}

function editOf(body: JobChanges, ifMatch: number | undefined): JobEdit {
  const { version, force = false, visit = 'follow', visitStartsAt, ...asked } = body;
  return { asked, expectedVersion: ifMatch ?? version, request: { force, visit, visitStartsAt } };
}
