import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { DomainError } from '#kernel';
import {
  Caller,
  Can,
  Consumes,
  Cost,
  FileBody,
  Given,
  LargeBody,
  MEBIBYTE,
  type Principal,
  UnitOfWork,
} from '#platform';
import { WorkerImport } from './worker-import.service.js';

const MAX_FILE_BYTES = 20 * MEBIBYTE;

export class WorkerImportQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'look only, write nothing' })
  @Given()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun: boolean = false;
}

/** Which fault it is, and the values in its sentence, for whoever says it in another language. */
class FaultView {
  @ApiPropertyOptional({ type: String, example: 'NOT_A_LEVEL' }) code?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    example: { skill: 'gas', value: '9' },
  })
  values?: Record<string, string | number>;
}

export class WorkerImportError extends FaultView {
  @ApiProperty({ type: 'integer' }) line: number;
  @ApiProperty({ type: String }) column: string;
  @ApiProperty({ type: String }) field: string;
  @ApiProperty({ type: String }) message: string;
}

export class PreviewCell extends FaultView {
  @ApiProperty({ type: String }) value: string;
  @ApiProperty({ type: String, nullable: true }) error: string | null;
}

export class PreviewRow {
  @ApiProperty({ type: 'integer' }) line: number;
  @ApiProperty({ enum: ['create', 'update'] }) action: 'create' | 'update';
  @ApiProperty({ type: [PreviewCell], description: 'in the order of columns' }) cells: PreviewCell[];
}

export class WorkerImportView {
  @ApiProperty({ type: Boolean }) dryRun: boolean;
  @ApiProperty({ type: 'integer' }) rows: number;
  @ApiProperty({ type: 'integer' }) created: number;
  @ApiProperty({ type: 'integer' }) updated: number;
  @ApiProperty({ type: [String] }) columns: string[];
  @ApiProperty({ type: [WorkerImportError] }) errors: WorkerImportError[];
  @ApiProperty({ type: [PreviewRow] }) preview: PreviewRow[];
}

@ApiTags('workers')
@Controller({ path: 'workers', version: '1' })
export class WorkerImportController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: WorkerImport,
  ) {}

  /** A CSV file with a header, as `text/csv`: all lines or none, wrong cells are named. */
  @Post('import')
  @HttpCode(200)
  @Can('create', 'Worker')
  @Consumes('text/csv')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_FILE_BYTES, packed: true })
  @ApiBody({ schema: { type: 'string' } })
  @ApiOkResponse({ type: WorkerImportView })
  import(
    @Caller() { orgId }: Principal,
    @Query() { dryRun }: WorkerImportQuery,
    @FileBody() file: Buffer | undefined,
  ): Promise<WorkerImportView> {
    if (!file) throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 415, 'Send the file as text/csv.');
    return this.uow.run(orgId, (tx) => this.imports.run(tx, file.toString('utf8'), { dryRun }));
  }
}
