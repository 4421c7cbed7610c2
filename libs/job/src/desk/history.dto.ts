import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ACTOR_KINDS, type Actor, IsInstant, NotBlank, type Principal } from '#platform';
import type { JobNote } from './job-note.entity.js';

export class ActorView implements Actor {
  @ApiProperty({ enum: ACTOR_KINDS }) kind: Actor['kind'];
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) id: string | null;
  @ApiPropertyOptional() role?: string;
}

export class TimelineEntry {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'null for a moment, until it has its place in the log',
  })
  seq: number | null;
  @ApiProperty({ example: 'job.assigned' }) type: string;
  @ApiProperty({ type: String, format: 'date-time' }) occurredAt: Date;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: Date;
  @ApiProperty({ type: ActorView }) actor: ActorView;
  @ApiProperty({ type: 'object', additionalProperties: true }) data: Record<string, unknown>;
}

export class Timeline {
  @ApiProperty({ type: [TimelineEntry] }) items: TimelineEntry[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class NewNote {
  @ApiProperty({ maxLength: 5_000 })
  @IsString()
  @NotBlank()
  @MaxLength(5_000)
  text: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  occurredAt?: string;
}

export class NoteView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) jobId: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) authorId: string | null;
  @ApiProperty() authorRole: string;
  @ApiProperty({ type: String, nullable: true, description: 'null for an auditor' }) text: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) occurredAt: Date;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

export class NoteList {
  @ApiProperty({ type: [NoteView] }) items: NoteView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export function viewNote(note: JobNote, viewer: Pick<Principal, 'role'>): NoteView {
  const { orgId: _org, workerId: _worker, ...view } = note;
  return viewer.role === 'auditor' ? { ...view, text: null } : view;
}
