import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { WORKER_STATUSES, type WorkerStatus } from '#kernel';
import { InstantDate } from '#platform';
import { MAX_FIXES, QUARANTINE_CODES, type QuarantineCode } from './fix-batch.server.js';

/** Documentation of what `readFixBatch` reads. */
export class FixBody {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'counts up on the device' }) seq: number;
  @ApiProperty({ type: Number, minimum: -90, maximum: 90 }) lat: number;
  @ApiProperty({ type: Number, minimum: -180, maximum: 180 }) lon: number;
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: '68 % circle; negative: the place is invalid',
  })
  accuracyMetres?: number | null;
  @ApiPropertyOptional({ type: Number, nullable: true, description: '0 to 360; anything else: not known' })
  heading?: number | null;
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'metres a second; negative: not known' })
  speed?: number | null;
  @ApiProperty({ type: String, format: 'date-time' }) fixAt: string;
}

export class FixBatchBody {
  @ApiPropertyOptional({ type: String, maxLength: 80, default: 'phone' }) deviceId?: string;
  @ApiProperty({ type: [FixBody], minItems: 1, maxItems: MAX_FIXES }) fixes: FixBody[];
}

class FixError {
  @ApiProperty() field: string;
  @ApiProperty() message: string;
  @ApiPropertyOptional({ type: String }) limit?: string | number;
}

export class QuarantinedView {
  @ApiProperty({ type: 'integer', nullable: true, description: 'null when it had none that could be read' })
  seq: number | null;
  @ApiProperty({ enum: QUARANTINE_CODES, enumName: 'QuarantineCode' }) code: QuarantineCode;
  @ApiProperty({ type: Number, nullable: true }) actual: number | null;
  @ApiProperty({ type: Number, nullable: true }) limit: number | null;
  @ApiProperty({ type: String, enum: ['s', 'days', 'm/s', 'fixes'], nullable: true })
  unit: 's' | 'days' | 'm/s' | 'fixes' | null;
  @ApiPropertyOptional({ type: [FixError], description: 'of UNREADABLE, by field' })
  errors?: FixError[];
}

export class FixReceiptView {
  @ApiProperty({ type: [Number], description: 'stored, known or quarantined: the device may forget them' })
  acked: number[];
  @ApiProperty({
    type: [QuarantinedView],
    description: 'never shown or matched; TOO_MANY and UNREADABLE are not stored either',
  })
  quarantined: QuarantinedView[];
}

export class PositionView {
  @ApiProperty({ type: String, format: 'uuid' }) workerId: string;
  @ApiProperty({ enum: WORKER_STATUSES }) status: WorkerStatus;
  @ApiProperty({ type: Number }) lat: number;
  @ApiProperty({ type: Number }) lon: number;
  @ApiProperty({ type: Number, nullable: true }) accuracyMetres: number | null;
  @ApiProperty({ type: Number, nullable: true }) heading: number | null;
  @ApiProperty({ type: Number, nullable: true }) speed: number | null;
  @ApiProperty({ type: Date }) fixAt: Date;
  @ApiProperty({ type: Date }) receivedAt: Date;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) areaId: string | null;
}

export class PositionList {
  @ApiProperty({ type: [PositionView] }) items: PositionView[];
}

export class TrackPoint {
  @ApiProperty({ type: Number }) lat: number;
  @ApiProperty({ type: Number }) lon: number;
  @ApiProperty({ type: Number, nullable: true }) accuracyMetres: number | null;
  @ApiProperty({ type: Number, nullable: true }) heading: number | null;
  @ApiProperty({ type: Number, nullable: true }) speed: number | null;
  @ApiProperty({ type: Date }) fixAt: Date;
}

export class TrackView {
  @ApiProperty({ type: [TrackPoint], description: 'oldest first' }) points: TrackPoint[];
  @ApiProperty({ type: Date, nullable: true, description: 'ask again from here for the rest' })
  nextFrom: Date | null;
}

export class TrackQuery {
  @ApiProperty({ type: Date }) @InstantDate() from: Date;
  @ApiProperty({ type: Date }) @InstantDate() to: Date;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 20_000, default: 5_000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20_000)
  limit: number = 5_000;
}
