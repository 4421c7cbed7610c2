import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAX_PHONE_LENGTH, WORKER_STATUSES, type WorkerStatus } from '#kernel';
import { InstantDate, ListOf, Nested, NotBlank, OptionalNotNull, PageInfo, PageQuery } from '#platform';
import { OWN_STATUSES } from '../status/worker-status.js';
import { VISIT_CHOICES, type VisitChoice } from './promised-visits.service.js';

export class SkillBody {
  @ApiProperty({ type: String, maxLength: 60 })
  @IsString()
  @NotBlank()
  @MaxLength(60)
  skill: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 5, default: 1 })
  @OptionalNotNull()
  @IsInt()
  @Min(1)
  @Max(5)
  level: number = 1;

  @ApiPropertyOptional({ type: Date, nullable: true, description: 'null: does not expire' })
  @IsOptional()
  @InstantDate()
  validUntil?: Date | null;
}

/** An account for a new worker, made in the same step. */
export class NewLoginBody {
  @ApiProperty({ type: String, format: 'email', maxLength: 254 })
  @IsString()
  @NotBlank()
  @MaxLength(254)
  email: string;

  @ApiProperty({ type: String, maxLength: 1_000 })
  @IsString()
  @MaxLength(1_000)
  password: string;
}

export class NewWorkerBody {
  @ApiProperty({ type: String, maxLength: 120 })
  @IsString()
  @NotBlank()
  @MaxLength(120)
  name: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: MAX_PHONE_LENGTH,
    nullable: true,
    description: 'as people write it; kept as E.164',
    example: '+1 716 555 0123',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_PHONE_LENGTH)
  phone?: string | null;

  @ApiPropertyOptional({
    type: String,
    maxLength: 80,
    nullable: true,
    description: 'unique in the organisation',
  })
  @IsOptional()
  @IsString()
  @NotBlank()
  @MaxLength(80)
  externalRef?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'the account they sign in with',
  })
  @IsOptional()
  @IsUUID()
  userId?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'areas served; empty: all' })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  homeAreaIds?: string[];

  @ApiPropertyOptional({ type: [String] })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  languages?: string[];

  @ApiPropertyOptional({ type: [String] })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  equipment?: string[];

  @ApiPropertyOptional({ type: String, maxLength: 60, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  vehicle?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 50, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  maxOpenAssignments?: number | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  dayTaskLimit?: number | null;

  @ApiPropertyOptional({ type: [SkillBody] })
  @OptionalNotNull()
  @ArrayUnique((held: SkillBody) => held?.skill, { message: 'skills must each be named once' })
  @ListOf(() => SkillBody, 100)
  skills?: SkillBody[];

  @ApiPropertyOptional({ type: NewLoginBody, description: 'needs the right to create users' })
  @OptionalNotNull()
  @Nested(() => NewLoginBody)
  login?: NewLoginBody;
}

export class WorkerChangeBody extends PartialType(OmitType(NewWorkerBody, ['skills', 'login']), {
  skipNullProperties: false,
}) {}

export class SkillsBody {
  @ApiProperty({ type: [SkillBody], description: 'all of them: what is not here is taken away' })
  @ArrayUnique((held: SkillBody) => held?.skill, { message: 'skills must each be named once' })
  @ListOf(() => SkillBody, 100)
  skills: SkillBody[];
}

export class OwnStatusBody {
  @ApiProperty({ enum: OWN_STATUSES }) @IsIn(OWN_STATUSES) status: (typeof OWN_STATUSES)[number];
}

export class StatusBody {
  @ApiProperty({ enum: WORKER_STATUSES }) @IsIn(WORKER_STATUSES) status: WorkerStatus;

  @ApiPropertyOptional({ type: String, maxLength: 300 })
  @OptionalNotNull()
  @IsString()
  @MaxLength(300)
  reason?: string;

  @ApiPropertyOptional({
    enum: VISIT_CHOICES,
    default: 'ask',
    description: 'what becomes of promised visits within a suspension',
  })
  @OptionalNotNull()
  @IsIn(VISIT_CHOICES)
  visits?: VisitChoice;

  @ApiPropertyOptional({ type: Date, nullable: true, description: 'only with suspended; null: until lifted' })
  @IsOptional()
  @InstantDate()
  suspendedUntil?: Date | null;
}

export class VisitsQuery {
  @ApiPropertyOptional({
    enum: VISIT_CHOICES,
    default: 'ask',
    description: 'what becomes of promised visits that the worker can no longer make',
  })
  @OptionalNotNull()
  @IsIn(VISIT_CHOICES)
  visits?: VisitChoice;
}

export class SkillView {
  @ApiProperty({ type: String }) skill: string;
  @ApiProperty({ type: 'integer' }) level: number;
  @ApiProperty({ type: Date, nullable: true }) validUntil: Date | null;
}

export class WorkerView {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) userId: string | null;
  @ApiProperty({ type: String, nullable: true }) externalRef: string | null;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ type: String, nullable: true }) phone: string | null;
  @ApiProperty({ enum: WORKER_STATUSES }) status: WorkerStatus;
  @ApiProperty({ type: Date }) statusSince: Date;
  @ApiProperty({ type: [String] }) homeAreaIds: string[];
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ type: [String] }) equipment: string[];
  @ApiProperty({ type: String, nullable: true }) vehicle: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) maxOpenAssignments: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) dayTaskLimit: number | null;
  @ApiProperty({ type: Number, nullable: true }) rating: number | null;
  @ApiProperty({ type: Number, nullable: true }) qualityScore: number | null;
  @ApiProperty({ type: Date, nullable: true }) suspendedUntil: Date | null;
  @ApiProperty({ type: Date, nullable: true }) silentSince: Date | null;
  @ApiProperty({ type: [SkillView] }) skills: SkillView[];
  @ApiProperty({ type: Date }) createdAt: Date;
  @ApiProperty({ type: Date }) updatedAt: Date;
}

export class WorkerPage extends PageInfo {
  @ApiProperty({ type: [WorkerView] }) items: WorkerView[];
}

export class WorkerQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: WORKER_STATUSES,
    isArray: true,
    description: 'one or several, comma separated',
  })
  @OptionalNotNull()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(WORKER_STATUSES.length)
  @IsIn(WORKER_STATUSES, { each: true })
  status?: WorkerStatus[];

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'serves this area' })
  @OptionalNotNull()
  @IsUUID()
  areaId?: string;

  @ApiPropertyOptional({ type: String }) @OptionalNotNull() @IsString() @MaxLength(60) skill?: string;

  @ApiPropertyOptional({ type: String, description: 'part of the name, phone or external reference' })
  @OptionalNotNull()
  @IsString()
  @MaxLength(120)
  search?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'only those whose phone is not heard' })
  @OptionalNotNull()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  silent?: boolean;
}
