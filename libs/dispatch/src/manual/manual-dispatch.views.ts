import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { JOB_STATES, type JobState } from '#job';
import { WORKER_STATUSES, type WorkerStatus } from '#kernel';
import { InstantDate, NotBlank } from '#platform';

const When = (description?: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, ...(description && { description }) });

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

export class WorkBefore {
  @ApiProperty() jobId: string;
  @ApiProperty({ format: 'date-time', description: 'when the visit before ends' }) until: Date;
}

export class WorkAfter {
  @ApiProperty() jobId: string;
  @ApiProperty({ format: 'date-time', description: 'new arrival at the visit after' }) arrivesAt: Date;
  @ApiProperty({ description: 'seconds later than promised' }) laterSeconds: number;
}

/** What one more job does to the day of whoever gets it; nobody else's day changes. */
export class DayEffectView {
  @ApiProperty({ type: WorkBefore, nullable: true, description: 'the visit before' })
  after: WorkBefore | null;
  @ApiProperty({ type: WorkAfter, nullable: true, description: 'the work that follows' })
  before: WorkAfter | null;
}

export class DeskCandidateView extends CandidateView {
  @ApiProperty({ type: [String], description: 'rules that bind a dispatcher too' }) refusals: string[];
  @ApiProperty({ type: [String], description: 'rules that a dispatcher may overrule' }) warnings: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) arrivesAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endsAt: Date | null;
  @ApiProperty({
    type: DayEffectView,
    nullable: true,
    description: 'null if the worker cannot be assigned or their position is unknown',
  })
  day: DayEffectView | null;
}

export class CandidatesView {
  @ApiProperty({ description: 'why this worker, or why nobody, in one sentence' }) sentence: string;
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

export class DecidingPolicy {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: 'integer' }) version: number;
}

export class PolicyVersionsView {
  @ApiProperty({ type: 'integer', nullable: true, description: 'version of the policy for everything' })
  default: number | null;
  @ApiProperty({ type: DecidingPolicy, nullable: true, description: 'of the service type’s own' })
  serviceType: DecidingPolicy | null;
}

export class DrawView {
  @ApiProperty() seed: number;
  @ApiProperty({ type: [String], description: 'who could have been drawn, by id' }) pool: string[];
  @ApiProperty({ description: 'what the seed gives, 0..1' }) value: number;
  @ApiProperty({ description: 'value x pool, rounded down' }) index: number;
  @ApiProperty({ type: String, nullable: true }) drawn: string | null;
  @ApiProperty({ description: 'the draw was made again and gave the same' }) honest: boolean;
}

export class DecisionView {
  @ApiProperty() sentence: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'when a round last looked' })
  at: Date | null;
  @ApiProperty({ type: String, nullable: true }) method: string | null;
  @ApiProperty({ type: PolicyVersionsView, nullable: true, description: 'what decided' })
  policy: PolicyVersionsView | null;
  @ApiProperty({ type: DrawView, nullable: true, description: 'of a random choice' }) draw: DrawView | null;
  @ApiProperty() eligible: number;
  @ApiProperty({ type: [CandidateView] }) candidates: CandidateView[];
  @ApiProperty({ type: [PastOfferView] }) offers: PastOfferView[];
  @ApiProperty({ type: AssignmentView, nullable: true }) assignment: AssignmentView | null;
}

export class VerdictView {
  @ApiProperty() rule: string;
  @ApiProperty() code: string;
  @ApiProperty() ok: boolean;
  @ApiProperty() unit: string;
  @ApiProperty({
    description: 'with its numbers: `OUT_OF_RADIUS 3412 > 3000 m`, or `radius 2100 <= 3000 m` when kept',
  })
  text: string;
}

export class ExplainedTermView {
  @ApiProperty() term: string;
  @ApiProperty({ type: Number, nullable: true, description: 'null = cannot be measured' }) raw: number | null;
  @ApiProperty() unit: string;
  @ApiProperty() weight: number;
  @ApiProperty({ type: Number, nullable: true }) points: number | null;
}

export class TermChangeView {
  @ApiProperty() term: string;
  @ApiProperty() unit: string;
  @ApiProperty() from: number;
  @ApiProperty() to: number;
}

export class AgainstView {
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'has the job; else is asked for it, or the first choice now' }) holds: boolean;
  @ApiProperty({ type: Number, nullable: true, description: '0 or less: ahead already' }) behindPoints:
    | number
    | null;
  @ApiProperty({ type: [String], description: 'hard rules to meet first' }) barriers: string[];
  @ApiProperty({ type: [TermChangeView], description: 'each alone would be enough' })
  anyOf: TermChangeView[];
  @ApiProperty({ type: [String] }) lines: string[];
}

export class ExplanationView {
  @ApiProperty() jobId: string;
  @ApiProperty() workerId: string;
  @ApiProperty() name: string;
  @ApiProperty() eligible: boolean;
  @ApiProperty({ type: [String], description: 'the whole sum, or every broken rule, in words and numbers' })
  lines: string[];
  @ApiProperty({ type: [VerdictView] }) verdicts: VerdictView[];
  @ApiProperty({ type: [ExplainedTermView] }) terms: ExplainedTermView[];
  @ApiProperty({ type: Number, nullable: true }) total: number | null;
  @ApiProperty({ type: PolicyVersionsView }) policy: PolicyVersionsView;
  @ApiProperty({ type: AgainstView, nullable: true, description: 'null = there is nobody else' })
  against: AgainstView | null;
}

export class Assigned {
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState' }) state: JobState;
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
  @ApiProperty({ minLength: 1, maxLength: 500 }) @IsString() @NotBlank() @MaxLength(500) reason: string;
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
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState' }) state: JobState;
  @ApiProperty() version: number;
  @ApiProperty({ type: String, nullable: true, description: 'null for an auditor, as are lat and lon' })
  address: string | null;
  @ApiProperty({ type: Number, nullable: true }) lat: number | null;
  @ApiProperty({ type: Number, nullable: true }) lon: number | null;
  @ApiProperty() priority: number;
  @ApiProperty() durationSeconds: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowStart: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowEnd: Date | null;
  @ApiProperty({ type: String, nullable: true }) serviceTypeId: string | null;
  @ApiProperty({ format: 'date-time', type: String }) stateSince: Date;
  @When('what really happened, as far as it has') departedAt: Date | null;
  @When() arrivedAt: Date | null;
  @When() startedAt: Date | null;
  @When() completedAt: Date | null;
}

export class BoardAssignment extends AssignmentView {
  @ApiProperty({ type: BoardJob }) job: BoardJob;
}

export class BoardWorker {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: WORKER_STATUSES }) status: WorkerStatus;
  @ApiProperty({ description: 'of the areas they serve; IANA' }) timeZone: string;
  @ApiProperty({ type: [Span] }) shifts: Span[];
  @ApiProperty({ type: [Span] }) timeOff: Span[];
  @ApiProperty({ type: [BoardAssignment] }) assignments: BoardAssignment[];
}

export class BoardView {
  @ApiProperty() date: string;
  @ApiProperty({ type: Span }) span: Span;
  @ApiProperty({ description: 'of the area asked for, else of most areas; its day is `span`' })
  timeZone: string;
  @ApiProperty({ type: [BoardWorker] }) workers: BoardWorker[];
}

export class MoveBody {
  @ApiProperty({ format: 'uuid' }) @IsUUID() workerId: string;
  @ApiProperty({ format: 'date-time', description: 'setting off' })
  @InstantDate()
  startsAt: Date;
  @ApiPropertyOptional({ description: 'only say what would happen' })
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
  @ApiPropertyOptional({ description: 'the warnings were seen' }) @IsOptional() @IsBoolean() force?: boolean;
}

/** As it is, or as it would be. */
export class MovedAssignmentView extends OmitType(AssignmentView, ['id']) {
  @ApiProperty({ type: String, nullable: true, description: 'null: open work that is not placed yet' })
  id: string | null;
}

export class MoveView {
  @ApiProperty({ type: DayEffectView }) day: DayEffectView;
  @ApiProperty() applied: boolean;
  @ApiProperty({ type: [String] }) refusals: string[];
  @ApiProperty({ type: [String] }) warnings: string[];
  @ApiProperty({ description: 'seconds after the promised window' }) lateSeconds: number;
  @ApiProperty({ type: MovedAssignmentView, nullable: true }) assignment: MovedAssignmentView | null;
}
