import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  Caller,
  Can,
  Consumes,
  Cost,
  DryRunQuery,
  FileBody,
  ImportCommands,
  ImportView,
  LargeBody,
  MAX_IMPORT_BYTES,
  OwnTransaction,
  type Principal,
} from '#platform';
import { WorkerImportService } from './worker-import.service.js';

export class WorkerImportView extends ImportView {}

@ApiTags('workers')
@Controller({ path: 'workers', version: '1' })
export class WorkerImportController {
  constructor(
    private readonly commands: ImportCommands,
    private readonly imports: WorkerImportService,
  ) {}

  /** A CSV file with a header, as `text/csv`: all lines or none, wrong cells are named. */
  @Post('import')
  @HttpCode(200)
  @Can('create', 'Worker')
  @OwnTransaction()
  @Consumes('text/csv')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_IMPORT_BYTES, packed: true })
  @ApiBody({ schema: { type: 'string' } })
  @ApiOkResponse({ type: WorkerImportView })
  async import(
    @Caller() caller: Principal,
    @Query() { dryRun }: DryRunQuery,
    @FileBody() file: Buffer | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WorkerImportView> {
    return this.commands.run(
      file,
      { caller, request, response, dryRun, types: 'text/csv' },
      (bytes) => this.imports.read(bytes),
      (tx, workers) => this.imports.run(tx, workers, { dryRun }),
    );
  }
}
