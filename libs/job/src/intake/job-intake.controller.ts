import { Body, Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  Caller,
  Can,
  Consumes,
  Cost,
  DryRunQuery,
  FileBody,
  ImportCommands,
  LargeBody,
  MAX_IMPORT_BYTES,
  MEBIBYTE,
  OwnTransaction,
  type Principal,
  UnitOfWork,
  validateEach,
} from '#platform';
import { BulkJobs, BulkJobsView, JobImportView } from './intake.dto.js';
import { NewJob } from './job-fields.dto.js';
import { JobImportService } from './job-import.service.js';
import { JobIntakeService } from './job-intake.service.js';

const MAX_BULK_BYTES = 2 * MEBIBYTE;
const MAX_BULK_VALUES = 100_000;

/** Many jobs at once: all of them or none. */
@ApiTags('jobs')
@Controller({ path: 'jobs', version: '1' })
export class JobIntakeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: ImportCommands,
    private readonly intake: JobIntakeService,
    private readonly imports: JobImportService,
  ) {}

  /** Up to 1,000 jobs as `{"jobs": […]}`. */
  @Post('bulk')
  @Can('create', 'Job')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_BULK_BYTES, maxValues: MAX_BULK_VALUES })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: BulkJobsView })
  async bulk(@Caller() caller: Principal, @Body() body: BulkJobs): Promise<BulkJobsView> {
    const asked = await validateEach(NewJob, body.jobs, 'jobs');
    const jobs = await this.uow.run(caller.orgId, (tx) => this.intake.createAll(tx, asked));
    return { created: jobs.length, ids: jobs.map((job) => job.id) };
  }

  /** A CSV file with a header, as `text/csv` or as the multipart field `file`. Wrong lines are named; then nothing is imported. */
  @Post('import')
  @HttpCode(200)
  @Can('create', 'Job')
  @OwnTransaction()
  @Consumes('text/csv', 'multipart/form-data')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_IMPORT_BYTES, packed: true })
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: JobImportView })
  async import(
    @Caller() caller: Principal,
    @Query() { dryRun }: DryRunQuery,
    @FileBody() file: Buffer | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobImportView> {
    return this.commands.run(
      file,
      { caller, request, response, dryRun, types: 'text/csv, or as the form field "file"' },
      (bytes) => this.imports.read(bytes),
      (tx, jobs) => this.imports.run(tx, jobs, { dryRun }),
    );
  }
}
