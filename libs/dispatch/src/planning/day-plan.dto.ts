import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { OptionalNotNull, PageQuery } from '#platform';
import { CodedMessageView } from '../coded-message.view.js';
import { PLAN_STATES } from './day-plan.entity.js';
import { SKIP_CODES } from './validate-stops.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export class NewPlan {
  @ApiProperty({ format: 'uuid' }) @IsUUID() areaId: string;

  @ApiPropertyOptional({ format: 'date', description: 'in the area’s time zone; today without' })
  @OptionalNotNull()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  date?: string;

  @ApiPropertyOptional({ minimum: 0.1, maximum: 300, default: 10, description: 'how long to search' })
  @OptionalNotNull()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0.1)
  @Max(300)
  seconds: number = 10;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 24,
    default: 24,
    description: 'how many hours are planned, from the beginning of the day or from now',
  })
  @OptionalNotNull()
  @IsInt()
  @Min(1)
  @Max(24)
  horizon: number = 24;

  @ApiPropertyOptional({ default: true, description: 'what a dispatcher put somewhere stays there' })
  @OptionalNotNull()
  @IsBoolean()
  keepDeskChoices: boolean = true;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 86_400,
    default: 600,
    description: 'seconds of driving to be saved before a stop is moved',
  })
  @OptionalNotNull()
  @IsInt()
  @Min(0)
  @Max(86_400)
  movedStopSeconds: number = 600;
}

export class PlanQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() areaId?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  date?: string;
}

export class ApplyPlanBody {
  @ApiPropertyOptional({ type: [String], maxItems: 5_000, description: 'only these jobs; without: all' })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(5_000)
  @IsUUID(undefined, { each: true })
  stops?: string[];
}

export class InsertBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;
}

export class PlanProgressView {
  @ApiProperty({ description: 'of the time given, 0..1' }) share: number;
  @ApiProperty({ type: Number, nullable: true }) cost: number | null;
}

export class StopBefore {
  @ApiProperty() workerId: string;
  @ApiProperty({ format: 'date-time' }) startsAt: string;
  @ApiProperty({ format: 'date-time' }) endsAt: string;
}

export class StopView {
  @ApiProperty() jobId: string;
  @ApiProperty() workerId: string;
  @ApiProperty({ type: 'integer', description: '0 = the first planned' }) position: number;
  @ApiProperty({ format: 'date-time', description: 'setting off' }) startsAt: string;
  @ApiProperty({ format: 'date-time' }) arrivesAt: string;
  @ApiProperty({ format: 'date-time' }) endsAt: string;
  @ApiProperty() travelSeconds: number;
  @ApiProperty() travelMetres: number;
  @ApiProperty({ description: 'by how much all from here on may slip' }) slackSeconds: number;
  @ApiProperty({ enum: ['new', 'moved', 'retimed', 'same'] }) change: 'new' | 'moved' | 'retimed' | 'same';
  @ApiProperty({
    type: String,
    enum: ['under_way', 'about_to_begin', 'by_hand', 'other_area'],
    nullable: true,
  })
  pinned: 'under_way' | 'about_to_begin' | 'by_hand' | 'other_area' | null;
  @ApiProperty({ type: StopBefore, nullable: true, description: 'the present' }) from: StopBefore | null;
}

export class RouteTotals {
  @ApiProperty({ type: [String] }) jobIds: string[];
  @ApiProperty() travelSeconds: number;
  @ApiProperty() travelMetres: number;
}

export class RouteChangeView {
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: RouteTotals }) before: RouteTotals;
  @ApiProperty({ type: RouteTotals }) after: RouteTotals;
}

export class DayTotalsView {
  @ApiProperty() stops: number;
  @ApiProperty() unassigned: number;
  @ApiProperty() workers: number;
  @ApiProperty() travelSeconds: number;
  @ApiProperty() travelMetres: number;
}

export class BeforeAfter {
  @ApiProperty({ type: DayTotalsView }) before: DayTotalsView;
  @ApiProperty({ type: DayTotalsView }) after: DayTotalsView;
}

export class MeasureView {
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }] }) actual: number | string;
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }] }) limit: number | string;
  @ApiProperty() unit: string;
}

export class WhyNotView extends MeasureView {
  @ApiProperty() workerId: string;
  @ApiProperty() rule: string;
  @ApiProperty() travelSeconds: number;
}

export class UnplannedView {
  @ApiProperty() jobId: string;
  @ApiProperty() priority: number;
  @ApiProperty({ description: 'somebody holds it: it stays where it is' }) held: boolean;
  @ApiProperty({ type: [WhyNotView], description: 'the nearest workers, and what keeps it from each' })
  reasons: WhyNotView[];
}

export class LeftOutView {
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: ['PINNED', 'REQUIRED_WORKER_AWAY', 'NO_WORKERS'] }) rule: string;
  @ApiProperty() detail: string;
}

export class ProposalView {
  @ApiProperty({ type: [StopView] }) stops: StopView[];
  @ApiProperty({ type: [RouteChangeView] }) routes: RouteChangeView[];
  @ApiProperty({ type: BeforeAfter }) totals: BeforeAfter;
  @ApiProperty({ type: [UnplannedView] }) unassigned: UnplannedView[];
  @ApiProperty({ type: [LeftOutView] }) leftOut: LeftOutView[];
  @ApiProperty({ type: [CodedMessageView] }) assumptions: CodedMessageView[];
}

export class SkippedStopView extends CodedMessageView {
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: SKIP_CODES }) declare code: (typeof SKIP_CODES)[number];
}

export class OutcomeView {
  @ApiProperty({ type: [String] }) applied: string[];
  @ApiProperty({ type: [SkippedStopView] }) skipped: SkippedStopView[];
}

export class PlanSummary {
  @ApiProperty() id: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty() areaId: string;
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ enum: PLAN_STATES }) state: string;
  @ApiProperty({ format: 'date-time' }) startAt: Date;
  @ApiProperty({ format: 'date-time' }) endAt: Date;
  @ApiProperty({ type: PlanProgressView, nullable: true }) progress: PlanProgressView | null;
  @ApiProperty({ type: BeforeAfter, nullable: true }) totals: BeforeAfter | null;
  @ApiProperty({ type: CodedMessageView, nullable: true }) error: CodedMessageView | null;
  @ApiProperty({ type: String, nullable: true }) createdBy: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt: Date | null;
}

export class PlanView extends PlanSummary {
  @ApiProperty({ type: ProposalView, nullable: true }) proposal: ProposalView | null;
  @ApiProperty({ type: OutcomeView, nullable: true, description: 'of applying, so far' })
  outcome: OutcomeView | null;
}

export class PlanList {
  @ApiProperty({ type: [PlanSummary] }) items: PlanSummary[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class AppliedPlan extends OutcomeView {
  @ApiProperty({ type: PlanSummary }) plan: PlanSummary;
}

export class InsertionChoiceView {
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'in seconds of travel, moved stops priced in' }) cost: number;
  @ApiProperty() extraTravelSeconds: number;
  @ApiProperty() extraTravelMetres: number;
  @ApiProperty({ type: StopView, nullable: true, description: 'where the job would go' })
  stop: StopView | null;
  @ApiProperty({ type: [StopView], description: 'all that would change, the job included' })
  stops: StopView[];
}

export class RefusalView {
  @ApiProperty({ type: String, nullable: true, description: 'null: of the job itself' }) workerId:
    | string
    | null;
  @ApiProperty() rule: string;
  @ApiProperty({ type: MeasureView, nullable: true }) measure: MeasureView | null;
}

export class InsertionsView {
  @ApiProperty({ type: [InsertionChoiceView], description: 'the cheapest first' })
  choices: InsertionChoiceView[];
  @ApiProperty({ type: [RefusalView], description: 'when there is no place: what keeps it out' })
  refused: RefusalView[];
}
