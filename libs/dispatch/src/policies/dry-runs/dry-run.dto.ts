import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { InstantDate, Nested } from '#platform';
import { CodedMessageView } from '../../coded-message.view.js';
import { PolicyBodyDto } from '../dispatch-policy.dto.js';
import { DRY_RUN_STATES } from './dry-run.entity.js';

export class DryRunBody {
  @ApiProperty({ type: PolicyBodyDto, description: 'the policy to try, as in PUT' })
  @Nested(() => PolicyBodyDto)
  policy: PolicyBodyDto;

  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'for this service type' })
  @IsOptional()
  @IsUUID()
  serviceTypeId?: string | null;

  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'without: all areas' })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;

  @ApiProperty({ format: 'date-time' }) @InstantDate() from: Date;
  @ApiProperty({ format: 'date-time', description: 'at most 7 days after from' })
  @InstantDate()
  to: Date;
}

export class TimeToAssign {
  @ApiProperty({ type: Number, nullable: true }) median: number | null;
  @ApiProperty({ type: Number, nullable: true }) p90: number | null;
  @ApiProperty({ type: Number, nullable: true }) mean: number | null;
}

export class ScoreSheetView {
  @ApiProperty() jobs: number;
  @ApiProperty() assigned: number;
  @ApiProperty() unassigned: number;
  @ApiProperty() travelMetres: number;
  @ApiProperty() travelMinutes: number;
  @ApiProperty({ description: 'arrivals that can be judged' }) promises: number;
  @ApiProperty() promisesKept: number;
  @ApiProperty({ type: Number, nullable: true, description: '0..1; null = nothing was promised' })
  onTimeShare: number | null;
  @ApiProperty({ type: TimeToAssign }) timeToAssignSeconds: TimeToAssign;
  @ApiProperty() workersUsed: number;
  @ApiProperty() workersOnDuty: number;
  @ApiProperty({ description: 'inequality of jobs per worker, 0 = all the same' }) gini: number;
  @ApiProperty() offers: number;
}

export class DryRunResultView {
  @ApiProperty({ type: ScoreSheetView, description: 'what happened' }) recorded: ScoreSheetView;
  @ApiProperty({ type: ScoreSheetView, description: 'replayed under the present policy' })
  present: ScoreSheetView;
  @ApiProperty({ type: ScoreSheetView, description: 'replayed under the policy tried' })
  proposed: ScoreSheetView;
  @ApiProperty({ type: [CodedMessageView] }) assumptions: CodedMessageView[];
}

export class DryRunView {
  @ApiProperty() id: string;
  @ApiProperty({ enum: DRY_RUN_STATES }) state: string;
  @ApiProperty({ type: String, nullable: true }) areaId: string | null;
  @ApiProperty({ type: String, nullable: true }) serviceTypeId: string | null;
  @ApiProperty({ format: 'date-time' }) from: Date;
  @ApiProperty({ format: 'date-time' }) to: Date;
  @ApiProperty({ type: PolicyBodyDto }) policy: PolicyBodyDto;
  @ApiProperty({ type: DryRunResultView, nullable: true }) result: DryRunResultView | null;
  @ApiProperty({ type: CodedMessageView, nullable: true }) error: CodedMessageView | null;
  @ApiProperty({ format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt: Date | null;
}

export class DryRunList {
  @ApiProperty({ type: [DryRunView] }) items: DryRunView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}
