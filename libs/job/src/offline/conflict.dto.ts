import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { maskReason, seesMasked } from '#identity';
import {
  CONFLICT_STATUSES,
  type ConflictStatus,
  type OperationConflict,
  OperationInput,
  PageQuery,
  type Principal,
} from '#platform';
import { JOB_STATES, type JobState } from '../lifecycle/job-states.js';

export class ConflictQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CONFLICT_STATUSES })
  @IsOptional()
  @IsIn(CONFLICT_STATUSES)
  status?: ConflictStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  jobId?: string;

  @ApiPropertyOptional({ maxLength: 40, description: 'what it is about: job, or what another stage has' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  subjectType?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  subjectId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  workerId?: string;
}

const CONFLICT_CHOICES = ['apply', 'note', 'discard'] as const;
type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

export class Resolution {
  @ApiProperty({
    enum: CONFLICT_CHOICES,
    description:
      'apply: do it after all; note: keep it as a note on its subject; discard: it counts for nothing, but stays on record',
  })
  @IsIn(CONFLICT_CHOICES)
  choice: ConflictChoice;

  @ApiPropertyOptional({ maxLength: 500, description: 'required to discard' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;

  @ApiPropertyOptional({ description: 'also those that wait behind it, as far as that goes' })
  @IsOptional()
  @IsBoolean()
  andFollowing?: boolean;

  @ApiPropertyOptional({ type: 'integer', description: 'as If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

export class Withdrawal {
  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class ConflictJobView {
  @ApiProperty() address: string;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState' }) state: JobState;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowStart: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowEnd: Date | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'who holds it now' })
  workerId: string | null;
  @ApiProperty({ type: String, nullable: true }) workerName: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'since when' })
  assignedAt: Date | null;
}

export class ConflictView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ example: 'job' }) subjectType: string;
  @ApiProperty({ format: 'uuid' }) subjectId: string;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'the subject, where it is a job',
  })
  jobId: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null: recorded by no worker' })
  workerId: string | null;
  @ApiProperty() kind: string;
  @ApiProperty({
    type: OperationInput,
    nullable: true,
    description: 'as the phone recorded it; null for an auditor',
  })
  operation: OperationInput | null;
  @ApiProperty({ type: 'integer', nullable: true }) baseVersion: number | null;
  @ApiProperty({ type: String, format: 'date-time' }) occurredAt: Date;
  @ApiProperty({ type: String, format: 'date-time' }) receivedAt: Date;
  @ApiProperty({ description: 'why it was parked' }) code: string;
  @ApiProperty() detail: string;
  @ApiProperty({ description: 'of the subject when it was parked' }) subjectState: string;
  @ApiProperty({ type: 'integer' }) subjectVersion: number;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState', nullable: true, description: 'the same, of a job' })
  jobState: JobState | null;
  @ApiProperty({ type: 'integer', nullable: true }) jobVersion: number | null;
  @ApiProperty({
    type: ConflictJobView,
    nullable: true,
    description: 'the job as it is now, in the list of the worker whose phone recorded it',
  })
  job: ConflictJobView | null;
  @ApiProperty({ enum: CONFLICT_STATUSES }) status: ConflictStatus;
  @ApiProperty({ type: String, nullable: true }) resolutionReason: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) resolvedBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) resolvedAt: Date | null;
}

export class ConflictPage {
  @ApiProperty({ type: [ConflictView] }) items: ConflictView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export function viewConflict(conflict: OperationConflict, viewer: Pick<Principal, 'role'>): ConflictView {
  const {
    orgId: _org,
    areaId: _area,
    userId: _user,
    opId: _op,
    deviceId: _device,
    deviceSeq: _seq,
    ...rest
  } = conflict;
  const isJob = rest.subjectType === 'job';
  const view: ConflictView = {
    ...rest,
    jobId: isJob ? rest.subjectId : null,
    jobState: isJob ? (rest.subjectState as JobState) : null,
    jobVersion: isJob ? rest.subjectVersion : null,
    operation: rest.operation as OperationInput,
    job: null,
    resolutionReason: rest.resolutionReason ?? null,
    resolvedBy: rest.resolvedBy ?? null,
    resolvedAt: rest.resolvedAt ?? null,
  };
  return seesMasked(viewer.role)
    ? { ...view, operation: null, resolutionReason: maskReason(viewer.role, view.resolutionReason) }
    : view;
}
