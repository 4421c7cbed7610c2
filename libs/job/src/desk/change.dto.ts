import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { InstantDate, OptionalNotNull } from '#platform';
import { JobFields } from '../intake/job-fields.dto.js';

const VISIT_WISHES = ['follow', 'release'] as const;

export class JobChanges extends JobFields {
  @ApiPropertyOptional({ type: 'integer', description: 'as If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ApiPropertyOptional({ description: 'the warnings were seen' })
  @OptionalNotNull()
  @IsBoolean()
  force?: boolean;

  @ApiPropertyOptional({
    enum: VISIT_WISHES,
    default: 'follow',
    description:
      'what becomes of a promised visit: the same worker comes at the new time, or the job is searched for anew',
  })
  @OptionalNotNull()
  @IsIn(VISIT_WISHES)
  visit?: (typeof VISIT_WISHES)[number];

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'when the worker sets off; without: worked out from the change',
  })
  @OptionalNotNull()
  @InstantDate()
  visitStartsAt?: Date;
}

export class VisitTimesView {
  @ApiProperty({ format: 'date-time', description: 'setting off' }) startsAt: Date;
  @ApiProperty({ format: 'date-time' }) arrivesAt: Date;
  @ApiProperty({ format: 'date-time' }) endsAt: Date;
}

export class StopBeforeView {
  @ApiProperty() jobId: string;
  @ApiProperty({ format: 'date-time', description: 'when the worker is done there' }) until: Date;
}

export class StopAfterView {
  @ApiProperty() jobId: string;
  @ApiProperty({ format: 'date-time', description: 'when the worker is there now' }) arrivesAt: Date;
  @ApiProperty({ description: 'seconds later than promised' }) laterSeconds: number;
}

export class VisitDayView {
  @ApiProperty({ type: StopBeforeView, nullable: true }) after: StopBeforeView | null;
  @ApiProperty({ type: StopAfterView, nullable: true }) before: StopAfterView | null;
}

export class VisitEffectView {
  @ApiProperty() assignmentId: string;
  @ApiProperty() workerId: string;
  @ApiProperty({ enum: ['same', 'retimed', 'released'] }) change: 'same' | 'retimed' | 'released';
  @ApiProperty({ type: VisitTimesView }) from: VisitTimesView;
  @ApiProperty({ type: VisitTimesView, nullable: true, description: 'null: released' })
  to: VisitTimesView | null;
  @ApiProperty({ description: 'seconds after the promised window' }) lateSeconds: number;
  @ApiProperty({ type: VisitDayView, nullable: true, description: 'the stops before and after it' })
  day: VisitDayView | null;
}

export class ChangeEffectView {
  @ApiProperty({ type: [String], description: 'fields that would differ' }) fields: string[];
  @ApiProperty({ type: [String], description: 'rules that bind a dispatcher too: the change is refused' })
  refusals: string[];
  @ApiProperty({ type: [String], description: 'rules that `force` overrules' }) warnings: string[];
  @ApiProperty({ type: VisitEffectView, nullable: true, description: 'null: nobody holds the job' })
  visit: VisitEffectView | null;
  @ApiProperty({ type: 'integer', description: 'pending offers that would be withdrawn' })
  withdrawnOffers: number;
}
