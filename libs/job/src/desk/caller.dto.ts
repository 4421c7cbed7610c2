import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { JOB_STATES, type JobState } from '../lifecycle/job-states.js';

export class CallerQuery {
  @ApiProperty({ maxLength: 40, description: 'a number in any notation, or its last digits, at least four' })
  @IsString()
  @MaxLength(40)
  phone: string;
}

export class CallerPlace {
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) siteId: string | null;
  @ApiProperty() address: string;
  @ApiProperty({ type: 'number' }) lat: number;
  @ApiProperty({ type: 'number' }) lon: number;
}

export class CallerJob {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState' }) state: JobState;
  @ApiProperty() address: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) serviceTypeId: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowStart: Date | null;
  @ApiProperty({ format: 'date-time', type: String }) createdAt: Date;
}

/** One number and one name, with what was done for them. */
export class CallerView {
  @ApiProperty() phone: string;
  @ApiProperty({ type: String, nullable: true }) name: string | null;
  @ApiProperty({ type: 'integer', description: 'among the 200 last jobs of the numbers found' }) jobs: number;
  @ApiProperty({ type: [CallerPlace], description: 'where they wanted somebody, the last first; at most 5' })
  places: CallerPlace[];
  @ApiProperty({ type: [CallerJob], description: 'the last first; at most 5' }) recent: CallerJob[];
}

export class CallersView {
  @ApiProperty({ type: [CallerView], description: 'who called last first; at most 8' }) items: CallerView[];
}
