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
  async create(@Caller() caller: Principal, @Body() body: NewJob): Promise<JobView> {
    const job = await this.uow.run(caller.orgId, (tx) => this.intake.create(tx, body));
    return viewJob(job, caller);
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
  async one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<JobView> {
    const job = await this.uow.run(caller.orgId, (tx) => this.access.job(tx, caller, id));
    return viewJob(job, caller);
  }

  @Patch(':id')
  @Can('update', 'Job')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: JobView })
  async change(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: JobChanges,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<JobView> {
    const { version, ...fields } = body;
    const job = await this.uow.run(caller.orgId, async (tx) => {
      await this.access.job(tx, caller, id, 'update');
      return this.editor.change(tx, id, fields, ifMatch ?? version);
    });
    return viewJob(job, caller);
  }
}
