import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAX_PHONE_LENGTH, PROOF_KINDS, type ProofKind } from '#kernel';
import { IsInstant, ListOf, NotBlank, OptionalNotNull } from '#platform';

const NUMBER = { allowNaN: false, allowInfinity: false };
const Instant = (description: string) =>
  ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description });

export class SkillNeedInput {
  @ApiProperty({ maxLength: 60 })
  @IsString()
  @NotBlank()
  @MaxLength(60)
  skill: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 5, description: 'absent: any level' })
  @OptionalNotNull()
  @IsInt()
  @Min(1)
  @Max(5)
  level?: number;
}

/** What may be said about a job when it is made and, later, changed. */
export class JobFields {
  @ApiPropertyOptional({ type: 'number', minimum: -90, maximum: 90 })
  @OptionalNotNull()
  @IsNumber(NUMBER)
  @Min(-90)
  @Max(90)
  lat?: number;

  @ApiPropertyOptional({ type: 'number', minimum: -180, maximum: 180 })
  @OptionalNotNull()
  @IsNumber(NUMBER)
  @Min(-180)
  @Max(180)
  lon?: number;

  @ApiPropertyOptional({ maxLength: 500 })
  @OptionalNotNull()
  @IsString()
  @NotBlank()
  @MaxLength(500)
  address?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  contactName?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_PHONE_LENGTH,
    description: 'as people write it; kept as E.164',
    example: '+1 716 555 0123',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_PHONE_LENGTH)
  contactPhone?: string | null;

  @Instant('start of the promised arrival')
  @IsOptional()
  @IsInstant()
  windowStart?: string | null;

  @Instant('end of the promised arrival')
  @IsOptional()
  @IsInstant()
  windowEnd?: string | null;

  @Instant('deadline that the source gave')
  @IsOptional()
  @IsInstant()
  dueAt?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 60, maximum: 1_209_600 })
  @OptionalNotNull()
  @IsInt()
  @Min(60)
  @Max(1_209_600)
  durationSeconds?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 100, description: '0 normal … 100 emergency' })
  @OptionalNotNull()
  @IsInt()
  @Min(0)
  @Max(100)
  priority?: number;

  @ApiPropertyOptional({ type: [SkillNeedInput], maxItems: 20 })
  @OptionalNotNull()
  @ArrayUnique((need: SkillNeedInput) => need?.skill)
  @ListOf(() => SkillNeedInput, 20)
  skills?: SkillNeedInput[];

  @ApiPropertyOptional({ type: [String], maxItems: 20 })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @NotBlank({ each: true })
  @MaxLength(60, { each: true })
  equipment?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 100, description: 'workers the customer does not want' })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  blockedWorkerIds?: string[];

  @ApiPropertyOptional({ type: String, nullable: true, format: 'uuid', description: 'only this worker' })
  @IsOptional()
  @IsUUID()
  requiredWorkerId?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'uuid', description: 'rather this worker' })
  @IsOptional()
  @IsUUID()
  preferredWorkerId?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 35, example: 'zh', description: 'BCP 47' })
  @IsOptional()
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
    message: 'customerLanguage must be a tag such as en or zh-CN',
  })
  @MaxLength(35)
  customerLanguage?: string | null;

  @ApiPropertyOptional({ enum: PROOF_KINDS, isArray: true })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(PROOF_KINDS.length)
  @ArrayUnique()
  @IsIn(PROOF_KINDS, { each: true })
  proofRequired?: ProofKind[];

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 5_000 })
  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  notes?: string | null;
}

export class NewJob extends JobFields {
  @ApiPropertyOptional({
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'gives place and address',
  })
  @IsOptional()
  @IsUUID()
  siteId?: string | null;

  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String })
  @IsOptional()
  @IsUUID()
  serviceTypeId?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 120,
    description: 'instead of serviceTypeId',
  })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  serviceTypeCode?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 200,
    description: 'unique in the organisation',
  })
  @IsOptional()
  @IsString()
  @NotBlank()
  @MaxLength(200)
  externalRef?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 60, description: 'where it came from' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  channel?: string | null;
}
