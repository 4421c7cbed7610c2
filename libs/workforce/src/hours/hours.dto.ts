import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { InstantDate, ListOf, OptionalNotNull } from '#platform';
import { VISIT_CHOICES, type VisitChoice } from '../workers/promised-visits.service.js';

export class HoursBody {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1439, description: 'minute of the local day' })
  @IsInt()
  @Min(0)
  @Max(1_439)
  startMinute: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 2879, description: 'past 1440: on the next day' })
  @IsInt()
  @Min(1)
  @Max(2_879)
  endMinute: number;
}

export class WeekdayHoursBody extends HoursBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 7, description: '1 = Monday to 7 = Sunday' })
  @IsInt()
  @Min(1)
  @Max(7)
  weekday: number;
}

export class WeeklyBody {
  @ApiProperty({ type: String, description: 'IANA zone in which the hours are meant' })
  @IsString()
  @MaxLength(60)
  timeZone: string;

  @ApiProperty({ type: [WeekdayHoursBody], description: 'all of them: the weekly hours before are replaced' })
  @ListOf(() => WeekdayHoursBody, 28)
  weekly: WeekdayHoursBody[];
}

export class ExceptionBody {
  @ApiProperty({ type: String }) @IsString() @MaxLength(60) timeZone: string;

  @ApiProperty({ type: [HoursBody], description: 'the hours of that date; empty: a day off' })
  @ListOf(() => HoursBody, 8)
  hours: HoursBody[];
}

export class TimeOffBody {
  @ApiPropertyOptional({
    enum: VISIT_CHOICES,
    default: 'ask',
    description: 'what becomes of visits that are promised for that time',
  })
  @OptionalNotNull()
  @IsIn(VISIT_CHOICES)
  visits: VisitChoice = 'ask';

  @ApiProperty({ type: Date }) @InstantDate() from: Date;
  @ApiProperty({ type: Date }) @InstantDate() to: Date;

  @ApiPropertyOptional({ type: String, maxLength: 300 })
  @OptionalNotNull()
  @IsString()
  @MaxLength(300)
  reason: string = '';
}

export class RangeQuery {
  @ApiProperty({ type: Date }) @InstantDate() from: Date;
  @ApiProperty({ type: Date }) @InstantDate() to: Date;
}

export class IntervalView {
  @ApiProperty({ type: Date }) from: Date;
  @ApiProperty({ type: Date }) to: Date;
}

export class WeekdayHoursView extends WeekdayHoursBody {
  @ApiProperty({ type: String }) timeZone: string;
}

export class ExceptionView {
  @ApiProperty({ type: String, format: 'date' }) date: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null: a day off' }) startMinute:
    | number
    | null;
  @ApiProperty({ type: 'integer', nullable: true }) endMinute: number | null;
  @ApiProperty({ type: String }) timeZone: string;
}

export class TimeOffView {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: Date }) from: Date;
  @ApiProperty({ type: Date }) to: Date;
  @ApiProperty({ type: String }) reason: string;
}

export class ScheduleView {
  @ApiProperty({ type: [WeekdayHoursView] }) weekly: WeekdayHoursView[];
  @ApiProperty({ type: [ExceptionView], description: 'within the range' }) exceptions: ExceptionView[];
  @ApiProperty({ type: [TimeOffView], description: 'within the range' }) timeOff: TimeOffView[];
  @ApiProperty({ type: [IntervalView], description: 'what follows: when they work within the range' })
  working: IntervalView[];
}
