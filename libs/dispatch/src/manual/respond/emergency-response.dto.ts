import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsUUID } from 'class-validator';
import { WORKER_STATUSES } from '#kernel';
import { OptionalNotNull } from '#platform';
import { AssignmentView } from '../manual-dispatch.views.js';

export class RespondBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;

  @ApiPropertyOptional({ default: false, description: 'leave the visit under way at once; emergencies only' })
  @OptionalNotNull()
  @IsBoolean()
  interrupt?: boolean;

  @ApiPropertyOptional({ default: false, description: 'only say what would happen' })
  @OptionalNotNull()
  @IsBoolean()
  preview?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'warnings, interruption and displaced visits were seen',
  })
  @OptionalNotNull()
  @IsBoolean()
  force?: boolean;
}

export class PlannedTimesView {
  @ApiProperty({ format: 'date-time', description: 'setting off' }) startsAt: Date;
  @ApiProperty({ format: 'date-time' }) arrivesAt: Date;
  @ApiProperty({ format: 'date-time' }) endsAt: Date;
}

export class InterruptionView {
  @ApiProperty() assignmentId: string;
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: ['en_route', 'arrived', 'in_progress'] }) state: string;
  @ApiProperty({
    enum: ['pause', 'release'],
    description: 'pause: the same worker goes on with it afterwards; release: somebody else is looked for',
  })
  event: 'pause' | 'release';
  @ApiProperty({ type: PlannedTimesView, nullable: true, description: 'what is left of it; null: released' })
  to: PlannedTimesView | null;
}

export class DisplacementView {
  @ApiProperty() assignmentId: string;
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: ['later', 'released'] }) outcome: 'later' | 'released';
  @ApiProperty({ type: PlannedTimesView }) from: PlannedTimesView;
  @ApiProperty({ type: PlannedTimesView, nullable: true, description: 'null: released' })
  to: PlannedTimesView | null;
  @ApiProperty({ description: 'seconds later than now planned, had it stayed' }) laterSeconds: number;
  @ApiProperty({ description: 'seconds after its promised window, had it stayed' }) lateSeconds: number;
}

export class ResponderView {
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: WORKER_STATUSES }) status: string;
  @ApiProperty({ description: 'this is the row that leaves the visit under way at once' }) interrupt: boolean;
  @ApiProperty({ format: 'date-time', description: 'setting off' }) startsAt: Date;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: from nobody knows where',
  })
  arrivesAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endsAt: Date | null;
  @ApiProperty({ type: Number, nullable: true, description: 'metres, straight line' }) distanceMetres:
    | number
    | null;
  @ApiProperty({ type: Number, nullable: true, description: 'seconds, estimated' }) travelSeconds:
    | number
    | null;
  @ApiProperty({ type: InterruptionView, nullable: true }) interrupts: InterruptionView | null;
  @ApiProperty({ type: [DisplacementView], description: 'later visits that it pushes back, in order' })
  displaces: DisplacementView[];
  @ApiProperty({ type: [String], description: 'rules that bind a dispatcher too' }) refusals: string[];
  @ApiProperty({ type: [String], description: 'rules that a dispatcher may overrule' }) warnings: string[];
}

export class RespondersView {
  @ApiProperty({ type: [ResponderView], description: 'earliest arrival first; who is refused last' })
  items: ResponderView[];
  @ApiProperty({ description: 'whether the job may interrupt a visit under way' }) mayInterrupt: boolean;
}

export class RespondedView extends ResponderView {
  @ApiProperty() applied: boolean;
  @ApiProperty({ type: AssignmentView, nullable: true, description: 'null: only a preview, or refused' })
  assignment: AssignmentView | null;
}
