import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isAllowed, maskReason, seesMasked } from '#identity';
import { PROOF_KINDS, type ProofKind } from '#kernel';
import type { Principal } from '#platform';
import { SkillNeedInput } from '../intake/job-fields.dto.js';
import type { Job } from '../lifecycle/job.entity.js';
import {
  eventsFor,
  isTooLate,
  JOB_EVENTS,
  JOB_STATES,
  type JobActor,
  type JobEvent,
  type JobState,
} from '../lifecycle/job-states.js';
import { EVIDENCE_CODES, type EvidenceCode } from '../proof/evidence-strength.js';

const Text = () => ApiProperty({ type: String, nullable: true });
const Id = () => ApiProperty({ type: String, format: 'uuid', nullable: true });
const Time = () => ApiProperty({ type: String, format: 'date-time', nullable: true });

export class ArrivalView {
  @ApiProperty({ enum: ['fence', 'scan', 'declared'] }) evidence: 'fence' | 'scan' | 'declared';
  @ApiProperty({ description: 'false: the word of the worker alone' }) trusted: boolean;
  @ApiPropertyOptional({ type: 'number', description: 'of the last fix' }) distanceMetres?: number;
  @ApiPropertyOptional({ type: 'number' }) accuracyMetres?: number;
  @ApiPropertyOptional({ format: 'date-time' }) fixAt?: string;
  @ApiPropertyOptional({ type: 'number' }) dwellSeconds?: number;
  @ApiPropertyOptional({
    enum: ['POSITION_FAR', 'NO_RECENT_POSITION'],
    description: 'of a scan: what speaks against it, or that no position speaks for it',
  })
  doubt?: 'POSITION_FAR' | 'NO_RECENT_POSITION';
  @ApiPropertyOptional({ type: 'number', description: 'of POSITION_FAR: how far it may have been' })
  limitMetres?: number;
}

export class EvidenceReasonView {
  @ApiProperty({ enum: EVIDENCE_CODES, enumName: 'EvidenceCode' }) code: EvidenceCode;
  @ApiProperty({ type: 'integer', description: 'how much it takes from 100' }) points: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'the numbers that made it' })
  values: Record<string, number | string>;
}

export class EvidenceView {
  @ApiProperty({ type: 'integer', description: '100: nothing speaks against it' }) strength: number;
  @ApiProperty({ type: [EvidenceReasonView] }) reasons: EvidenceReasonView[];
}

class VisitReasonView extends EvidenceReasonView {
  @ApiProperty({ description: 'the kind of proof, or visit' }) about: string;
}

class VisitEvidenceView {
  @ApiProperty({ type: 'integer', description: '100: nothing speaks against it' }) strength: number;
  @ApiProperty({ type: [VisitReasonView] }) reasons: VisitReasonView[];
}

class RefusedProofView {
  @ApiProperty({ enum: PROOF_KINDS }) kind: ProofKind;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty() code: string;
  @ApiProperty() detail: string;
}

export class JobView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer', description: 'short, for people to say; unique in the organisation' })
  number: number;
  @ApiProperty({ type: 'integer', description: 'send it back as If-Match' }) version: number;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState' }) state: JobState;
  @ApiProperty({ format: 'date-time', type: String }) stateSince: Date;
  @ApiProperty({ enum: JOB_EVENTS, isArray: true, description: 'what the caller may do next' })
  can: JobEvent[];
  @Id() serviceTypeId: string | null;
  @Id() siteId: string | null;
  @Id() areaId: string | null;
  @ApiProperty({ type: 'number', nullable: true, description: 'null for an auditor' }) lat: number | null;
  @ApiProperty({ type: 'number', nullable: true }) lon: number | null;
  @Text() address: string | null;
  @Text() contactName: string | null;
  @Text() contactPhone: string | null;
  @Time() windowStart: Date | null;
  @Time() windowEnd: Date | null;
  @Time() dueAt: Date | null;
  @ApiProperty({ type: 'integer' }) durationSeconds: number;
  @ApiProperty({ type: 'integer' }) priority: number;
  @ApiProperty({ type: [SkillNeedInput] }) skills: SkillNeedInput[];
  @ApiProperty({ type: [String] }) equipment: string[];
  @ApiProperty({ type: [String] }) blockedWorkerIds: string[];
  @Id() requiredWorkerId: string | null;
  @Id() preferredWorkerId: string | null;
  @Text() customerLanguage: string | null;
  @ApiProperty({ enum: PROOF_KINDS, isArray: true }) proofRequired: ProofKind[];
  @Text() notes: string | null;
  @Text() externalRef: string | null;
  @Text() channel: string | null;
  @Id() workerId: string | null;
  @Text() failReason: string | null;
  @Text() cancelReason: string | null;
  @ApiProperty({ enum: JOB_STATES, enumName: 'JobState', nullable: true }) pausedFrom: JobState | null;
  @Time() assignedAt: Date | null;
  @Time() departedAt: Date | null;
  @Time() arrivedAt: Date | null;
  @Time() startedAt: Date | null;
  @Time() completedAt: Date | null;
  @Time() closedAt: Date | null;
  @Time() undoUntil: Date | null;
  @ApiProperty({ type: ArrivalView, nullable: true }) arrival: ArrivalView | null;
  @ApiProperty({
    type: VisitEvidenceView,
    nullable: true,
    description: 'what the visit rests on; null until it is completed',
  })
  evidence: VisitEvidenceView | null;
  @ApiProperty({
    type: RefusedProofView,
    nullable: true,
    description: 'required proof that was sent and not taken; the visit waits for another',
  })
  proofRefused: RefusedProofView | null;
  @ApiProperty({ format: 'date-time', type: String }) createdAt: Date;
  @ApiProperty({ format: 'date-time', type: String }) updatedAt: Date;
}

export class JobPage {
  @ApiProperty({ type: [JobView] }) items: JobView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

/** The customer's person and door, which an auditor does not need. */
const MASKED = {
  lat: null,
  lon: null,
  address: null,
  contactName: null,
  contactPhone: null,
  notes: null,
  arrival: null,
} satisfies Partial<JobView>;

const eventsOf = (job: Job, viewer: Principal, now: Date): JobEvent[] =>
  eventsFor(job, viewer.role as JobActor).filter(
    (event) => !isTooLate(event, job.undoUntil, now) && isAllowed(viewer, event, 'Job', job),
  );

/** A job as `viewer` may see it, and what they may do with it at `now`. */
export function viewJob(job: Job, viewer: Principal, now: Date): JobView {
  const {
    orgId: _org,
    callerKey: _caller,
    heldBy: _heldBy,
    fence: _fence,
    createdBy: _createdBy,
    ...rest
  } = job;
  const view: JobView = {
    ...rest,
    evidence: rest.evidence ?? null,
    proofRefused: rest.proofRefused ?? null,
    can: eventsOf(job, viewer, now),
  };
  if (viewer.role === 'worker') return { ...view, blockedWorkerIds: [], preferredWorkerId: null };
  if (!seesMasked(viewer.role)) return view;
  const reason = (text: string | null) => maskReason(viewer.role, text);
  return {
    ...view,
    ...MASKED,
    failReason: reason(view.failReason),
    cancelReason: reason(view.cancelReason),
  };
}
