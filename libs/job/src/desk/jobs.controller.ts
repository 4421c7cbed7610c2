import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Caller, Can, IdParam, IfMatch, type Page, type Principal, UnitOfWork } from '#platform';
import { JobAccess } from '../http/job-access.js';
import { JobFields, NewJob } from '../intake/job-fields.dto.js';
import { JobIntake } from '../intake/job-intake.service.js';
import { JobPage, JobView, viewJob } from './job.view.js';
import { JobEditor } from './job-editor.service.js';
import { JobList } from './job-list.service.js';
import { JobQuery } from './job-query.dto.js';

export class JobChanges extends JobFields {
  @ApiPropertyOptional({ type: 'integer', description: 'as If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

@ApiTags('jobs')
@Controller({ path: 'jobs', version: '1' })
export class JobsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: JobAccess,
    private readonly intake: JobIntake,
    private readonly editor: JobEditor,
    private readonly jobs: JobList,
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
    const { version, ...fields } = body;
    return this.uow.run(caller.orgId, async (tx) => {
      await this.access.job(tx, caller, id, 'update');
      return viewJob(await this.editor.change(tx, id, fields, ifMatch ?? version), caller, tx.now);
    });
  }
}
