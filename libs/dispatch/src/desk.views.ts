import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDate,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

export class TermView {
  @ApiProperty() term: string;
  @ApiProperty() raw: number;
  @ApiProperty() unit: string;
  @ApiProperty() weight: number;
  @ApiProperty() points: number;
}

export class CandidateView {
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty() eligible: boolean;
  @ApiProperty({ type: Number, nullable: true, description: '1 = first choice' }) rank: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'metres, straight line' }) distanceMetres:
    | number
    | null;
  @ApiProperty({ type: Number, nullable: true, description: 'seconds, estimated' }) travelSeconds:
    | number
    | null;
  @ApiProperty({ type: Number, nullable: true, description: 'points by the soft rules' }) score:
    | number
    | null;
  @ApiProperty({ type: [TermView], description: 'the sum behind the score' }) terms: TermView[];
  @ApiProperty({ type: [String], description: 'what stands against it, with its numbers' }) reasons: string[];
}

export class DeskCandidateView extends CandidateView {
  @ApiProperty({ type: [String], description: 'rules that bind a dispatcher too' }) refusals: string[];
  @ApiProperty({ type: [String], description: 'rules that a dispatcher may overrule' }) warnings: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) arrivesAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endsAt: Date | null;
}

export class CandidatesView {
  @ApiProperty({ description: 'why him, or why nobody, in a sentence' }) sentence: string;
  @ApiProperty({ type: [DeskCandidateView] }) candidates: DeskCandidateView[];
}

export class AssignmentView {
  @ApiProperty() id: string;
  @ApiProperty() jobId: string;
  @ApiProperty() workerId: string;
  @ApiProperty({ enum: ['proposed', 'confirmed', 'active', 'done', 'released'] }) state: string;
  @ApiProperty({ enum: ['offer', 'desk', 'plan'] }) source: string;
  @ApiProperty({ format: 'date-time' }) startsAt: Date;
  @ApiProperty({ format: 'date-time' }) arrivesAt: Date;
  @ApiProperty({ format: 'date-time' }) endsAt: Date;
  @ApiProperty({ type: 'object', additionalProperties: true }) reasons: Record<string, unknown>;
}

export class PastOfferView {
  @ApiProperty() id: string;
  @ApiProperty() workerId: string;
  @ApiProperty({ enum: ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] }) state: string;
  @ApiProperty() wave: number;
  @ApiProperty({ format: 'date-time' }) offeredAt: Date;
  @ApiProperty({ format: 'date-time' }) expiresAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) answeredAt: Date | null;
  @ApiProperty({ type: String, nullable: true }) declineReason: string | null;
  @ApiProperty() why: string;
}

export class DecisionView {
  @ApiProperty() sentence: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'when a round last looked' })
  at: Date | null;
  @ApiProperty({ type: String, nullable: true }) method: string | null;
  @ApiProperty() eligible: number;
  @ApiProperty({ type: [CandidateView] }) candidates: CandidateView[];
  @ApiProperty({ type: [PastOfferView] }) offers: PastOfferView[];
  @ApiProperty({ type: AssignmentView, nullable: true }) assignment: AssignmentView | null;
}

export class Assigned {
  @ApiProperty() jobId: string;
  @ApiProperty() state: string;
  @ApiProperty() version: number;
  @ApiProperty({ type: String, nullable: true }) workerId: string | null;
  @ApiProperty({ type: [String], description: 'soft rules this breaks' }) warnings: string[];
}

export class AssignBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;
  @ApiPropertyOptional({ description: 'the warnings were seen' }) @IsOptional() @IsBoolean() force?: boolean;
}

export class ReassignBody extends AssignBody {
  @ApiPropertyOptional({ maxLength: 500 }) @IsOptional() @IsString() @MaxLength(500) reason?: string;
}

export class ReleaseBody {
  @ApiProperty({ minLength: 1, maxLength: 500 }) @IsString() @Length(1, 500) reason: string;
}

export class OfferBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;
}

export class BoardQuery {
  @ApiPropertyOptional({ description: 'YYYY-MM-DD; today without' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  date?: string;

  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() areaId?: string;
}

export class Span {
  @ApiProperty({ format: 'date-time' }) start: Date;
  @ApiProperty({ format: 'date-time' }) end: Date;
}

export class BoardJob {
  @ApiProperty() id: string;
  @ApiProperty() state: string;
  @ApiProperty() version: number;
  @ApiProperty() address: string;
  @ApiProperty() lat: number;
  @ApiProperty() lon: number;
  @ApiProperty() priority: number;
  @ApiProperty() durationSeconds: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowStart: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowEnd: Date | null;
  @ApiProperty({ type: String, nullable: true }) serviceTypeId: string | null;
}

export class BoardAssignment extends AssignmentView {
  @ApiProperty({ type: BoardJob }) job: BoardJob;
}

export class BoardWorker {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty() status: string;
  @ApiProperty({ type: [Span] }) shifts: Span[];
  @ApiProperty({ type: [Span] }) timeOff: Span[];
  @ApiProperty({ type: [BoardAssignment] }) assignments: BoardAssignment[];
}

export class BoardView {
  @ApiProperty() date: string;
  @ApiProperty({ type: Span }) span: Span;
  @ApiProperty() timeZone: string;
  @ApiProperty({ type: [BoardWorker] }) workers: BoardWorker[];
}

export class MoveBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;
  @ApiProperty({ format: 'date-time', description: 'setting off' })
  @Type(() => Date)
  @IsDate()
  startsAt: Date;
  @ApiPropertyOptional({ description: 'only say what would happen' })
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
  @ApiPropertyOptional({ description: 'the warnings were seen' }) @IsOptional() @IsBoolean() force?: boolean;
}

export class MoveView {
  @ApiProperty() applied: boolean;
  @ApiProperty({ type: [String] }) refusals: string[];
  @ApiProperty({ type: [String] }) warnings: string[];
  @ApiProperty({ description: 'seconds after the promised window' }) lateSeconds: number;
  @ApiProperty({ type: AssignmentView, nullable: true }) assignment: AssignmentView | null;
}
