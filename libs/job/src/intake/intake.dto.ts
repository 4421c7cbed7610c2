import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';
import { ImportView } from '#platform';
import { NewJob } from './job-fields.dto.js';

const MOST_BULK_JOBS = 1_000;

export class BulkJobs {
  @ApiProperty({ type: [NewJob], minItems: 1, maxItems: MOST_BULK_JOBS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_BULK_JOBS)
  @IsObject({ each: true })
  jobs: object[];
}

export class BulkJobsView {
  @ApiProperty({ type: 'integer' }) created: number;
  @ApiProperty({ type: [String], description: 'in the order in which they were sent' }) ids: string[];
}

export class JobImportView extends ImportView {
  @ApiProperty({ type: 'integer', description: 'jobs whose door is in no service area' })
  outsideAreas: number;
}
