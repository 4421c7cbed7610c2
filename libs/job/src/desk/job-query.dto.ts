import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsInstant, PageQuery } from '#platform';
import { JOB_STATES, type JobState } from '../lifecycle/job-states.js';
import { ATTENTIONS, type Attention } from './attention.js';
import { MAX_JOB_NUMBER } from './job-number.js';

const JOB_SORTS = [
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
  'windowStart',
  '-windowStart',
  'priority',
  '-priority',
] as const;
export type JobSort = (typeof JOB_SORTS)[number];

/** `?state=a&state=b` and `?state=a,b` are the same. */
const list = ({ value }: { value: unknown }) =>
  (Array.isArray(value) ? value : [value]).flatMap((item) =>
    typeof item === 'string' ? item.split(',') : [item],
  );

export class JobQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: JOB_STATES,
    enumName: 'JobState',
    isArray: true,
    description: 'also comma-separated',
  })
  @IsOptional()
  @Transform(list)
  @IsArray()
  @ArrayMaxSize(JOB_STATES.length)
  @IsIn(JOB_STATES, { each: true })
  state?: JobState[];

  @ApiPropertyOptional({
    enum: ATTENTIONS,
    enumName: 'Attention',
    description: 'what a dispatcher must see first, as `GET /desk/summary` counts it',
  })
  @IsOptional()
  @IsIn(ATTENTIONS)
  attention?: Attention;

  @ApiPropertyOptional({ description: 'an area, or `none` for jobs outside all areas' })
  @IsOptional()
  @Matches(/^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, {
    message: 'areaId must be a UUID or none',
  })
  areaId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  workerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  serviceTypeId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  siteId?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  externalRef?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_JOB_NUMBER })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_JOB_NUMBER)
  number?: number;

  @ApiPropertyOptional({
    maxLength: 100,
    description: 'in address, contact, notes or external reference, or the number of a job',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  text?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'arrival windows that end after this' })
  @IsOptional()
  @IsInstant()
  windowFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'arrival windows that start before this' })
  @IsOptional()
  @IsInstant()
  windowTo?: string;

  @ApiPropertyOptional({ description: 'west,south,east,north in degrees', example: '-71.2,42.2,-70.9,42.4' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  bbox?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  updatedSince?: string;

  @ApiPropertyOptional({ enum: JOB_SORTS, default: '-createdAt' })
  @IsOptional()
  @IsIn(JOB_SORTS)
  sort: JobSort = '-createdAt';
}
