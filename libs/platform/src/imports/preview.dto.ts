import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { OptionalNotNull } from '../http/optional-not-null.js';

export class DryRunQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'check only, write nothing' })
  @OptionalNotNull()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun: boolean = false;
}

/** Which fault it is, and the values in its sentence, so that clients can translate errors. */
class FaultView {
  @ApiPropertyOptional({ type: String, example: 'NOT_A_LEVEL' }) code?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    example: { skill: 'gas', value: '9' },
  })
  values?: Record<string, string | number>;
}

export class ImportError extends FaultView {
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

/** What came of a file, or of a dry run with it. */
export class ImportView {
  @ApiProperty({ type: Boolean }) dryRun: boolean;
  @ApiProperty({ type: 'integer' }) rows: number;
  @ApiProperty({ type: 'integer' }) created: number;
  @ApiProperty({ type: 'integer' }) updated: number;
  @ApiProperty({ type: [String] }) columns: string[];
  @ApiProperty({ type: [ImportError] }) errors: ImportError[];
  @ApiProperty({ type: [PreviewRow], description: 'of a dry run: the first rows and the wrong ones' })
  preview: PreviewRow[];
}

const PREVIEWED_ROWS = 200;

/** The first rows and the wrong ones, so many that a page can show them. */
export const shownRows = <R extends { line: number }>(rows: R[], wrongLines: ReadonlySet<number>): R[] =>
  rows.filter(({ line }, i) => i < PREVIEWED_ROWS || wrongLines.has(line)).slice(0, 2 * PREVIEWED_ROWS);
