import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Invalid } from '#kernel';
import { faultsOf } from '../http/field-faults.js';
import { instanceOf } from '../http/instance-of.js';
import { IsInstant } from '../http/instant.js';
import { NotBlank } from '../http/not-blank.js';
import { OptionalNotNull } from '../http/optional-not-null.js';

const MOST_OPERATIONS = 200;
const MOST_DATA_CHARACTERS = 20_000;

/** An operation as the phone recorded it. */
export class OperationInput {
  @ApiProperty({ maxLength: 200, description: 'made by the phone; the same again is answered again' })
  @IsString()
  @NotBlank()
  @MaxLength(200)
  opId: string;

  @ApiProperty({
    description: 'a verb of the subject: of a job those of the worker, and note',
    example: 'depart',
  })
  @IsString()
  @MaxLength(40)
  kind: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'the job that it is about; else subjectType and subjectId',
  })
  @OptionalNotNull()
  @IsUUID()
  jobId?: string;

  @ApiPropertyOptional({ maxLength: 40, description: 'what it is about, where that is no job' })
  @OptionalNotNull()
  @Matches(/^[a-z_]{1,40}$/, { message: 'subjectType must be 1 to 40 small letters or underscores' })
  subjectType?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @OptionalNotNull()
  @IsUUID()
  subjectId?: string;

  @ApiProperty({ format: 'date-time', description: "by the phone's clock" })
  @IsInstant()
  occurredAt: string;

  @ApiProperty({ maxLength: 80 })
  @Matches(/^[\w.:-]{1,80}$/, { message: 'deviceId must be 1 to 80 letters, digits, dots, colons or dashes' })
  deviceId: string;

  @ApiProperty({
    type: 'integer',
    description: 'counts up on the device; operations are applied in this order',
  })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  deviceSeq: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: "the subject's version that the phone last saw",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  baseVersion?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'of a job: note {text}; arrive {tag}; any verb {note}',
  })
  @IsOptional()
  @IsObject()
  data?: Record<string, unknown> | null;
}

export type Operation = OperationInput;

/** A job, unless it says otherwise. */
export const subjectOf = ({ jobId, subjectType, subjectId }: Operation) => ({
  subjectType: subjectType ?? 'job',
  subjectId: (jobId ?? subjectId)!,
});

export class OperationBatch {
  @ApiProperty({ type: [OperationInput], minItems: 1, maxItems: MOST_OPERATIONS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_OPERATIONS)
  // Looked at one by one: a wrong one must not keep the others from being applied.
  operations: unknown[];

  @ApiPropertyOptional({
    format: 'date-time',
    description: "the phone's clock now; corrects occurredAt if it is off",
  })
  @IsOptional()
  @IsInstant()
  sentAt?: string;
}

/** @throws Invalid naming what is wrong with this one */
export function readOperation(raw: unknown): OperationInput {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw Invalid.field('operation', 'must be an object');
  const operation = instanceOf(OperationInput, raw);
  const faults = faultsOf(operation);
  if (faults.length > 0) throw new Invalid(faults);
  const { jobId, subjectType, subjectId } = operation;
  if (jobId === undefined && subjectType === undefined)
    throw Invalid.field('jobId', 'must be the id of a job');
  if (jobId !== undefined && (subjectType !== undefined || subjectId !== undefined))
    throw Invalid.field('jobId', 'names a job; name it or another subject, not both');
  if (jobId === undefined && subjectId === undefined)
    throw Invalid.field('subjectId', `must be the id of the ${subjectType}`);
  if (JSON.stringify(operation.data ?? null).length > MOST_DATA_CHARACTERS)
    throw Invalid.field('data', `must be at most ${MOST_DATA_CHARACTERS} characters`, MOST_DATA_CHARACTERS);
  return operation;
}

export const OPERATION_OUTCOMES = ['applied', 'replayed', 'parked', 'rejected'] as const;

export class OperationResult {
  @ApiProperty({ type: String, nullable: true, description: 'null when it had none that could be read' })
  opId: string | null;
  @ApiProperty({
    enum: OPERATION_OUTCOMES,
    description:
      'applied: done now; replayed: had been done; parked: kept for a person; rejected: not kept, mend it and send it again',
  })
  outcome: (typeof OPERATION_OUTCOMES)[number];
  @ApiPropertyOptional({ description: 'of the subject; a job has one of JobState' }) state?: string;
  @ApiPropertyOptional({ type: 'integer' }) version?: number;
  @ApiPropertyOptional({ format: 'uuid' }) conflictId?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'problem details' })
  problem?: Record<string, unknown>;
}

export class OperationResults {
  @ApiProperty({ type: [OperationResult], description: 'in the order in which the operations were sent' })
  results: OperationResult[];
}
