import { createHash } from 'node:crypto';
import { Body, Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DomainError } from '#kernel';
import {
  answerOf,
  Caller,
  Can,
  CommandRunner,
  Consumes,
  Cost,
  checkUtf8,
  FileBody,
  LargeBody,
  MEBIBYTE,
  OwnTransaction,
  type Principal,
  type Tx,
  UnitOfWork,
} from '#platform';
import { BulkJobs, BulkJobsView, ImportQuery, ImportReport } from './intake.dto.js';
import { JobImport } from './job-import.service.js';
import { JobIntake } from './job-intake.service.js';

const MAX_FILE_BYTES = 20 * MEBIBYTE;
const MAX_BULK_BYTES = 2 * MEBIBYTE;
const MAX_BULK_VALUES = 100_000;

/** Many jobs at once: all of them or none. */
@ApiTags('jobs')
@Controller({ path: 'jobs', version: '1' })
export class JobIntakeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: CommandRunner,
    private readonly intake: JobIntake,
    private readonly imports: JobImport,
  ) {}

  /** Up to 1,000 jobs as `{"jobs": […]}`. */
  @Post('bulk')
  @Can('create', 'Job')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_BULK_BYTES, maxValues: MAX_BULK_VALUES })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: BulkJobsView })
  async bulk(@Caller() caller: Principal, @Body() body: BulkJobs): Promise<BulkJobsView> {
    const jobs = await this.uow.run(caller.orgId, (tx) => this.intake.createAll(tx, body.jobs));
    return { created: jobs.length, ids: jobs.map((job) => job.id) };
  }

  /** A CSV file with a header, as `text/csv` or as the multipart field `file`. Wrong lines are named; then nothing is imported. */
  @Post('import')
  @HttpCode(200)
  @Can('create', 'Job')
  @OwnTransaction()
  @Consumes('text/csv', 'multipart/form-data')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_FILE_BYTES, packed: true })
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: ImportReport })
  async import(
    @Caller() caller: Principal,
    @Query() query: ImportQuery,
    @FileBody() file: Buffer | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportReport> {
    const content = csvOf(file);
    const work = (tx: Tx) => this.imports.run(tx, content, { dryRun: query.dryRun ?? false });
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || query.dryRun) return this.uow.run(caller.orgId, work);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const result = await this.commands.run(
      { orgId: caller.orgId, actorId: caller.id, key, body: { route: 'jobs/import', sha256 } },
      work,
    );
    return answerOf(result, response);
  }
}

function csvOf(file: Buffer | undefined): string {
  if (!file)
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      415,
      'Send the file as text/csv, or as the form field "file".',
    );
  checkUtf8(file, 'file');
  return file.toString('utf8');
}
