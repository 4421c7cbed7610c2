import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';
import { checkJsonSize, PROOF_KINDS, type ProofKind } from '#kernel';
import type { Principal } from '#platform';
import { IsInstant, NotBlank } from '#platform';
import { EvidenceView } from '../desk/job.view.js';
import type { ProofItem } from './proof-item.entity.js';
import { type Stroke, strokesProblem } from './signature.js';

const NUMBER = { allowNaN: false, allowInfinity: false };

const STROKES = { values: 40_000, fields: 10, fieldsOfOne: 10, levels: 4 };

/** A form sends JSON as text. */
const fromJson = ({ value }: { value: unknown }) => {
  if (typeof value !== 'string') return value;
  try {
    checkJsonSize(Buffer.from(value), STROKES);
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

const IsStrokes = () =>
  ValidateBy({
    name: 'isStrokes',
    validator: {
      validate: (value) => strokesProblem(value) === null,
      defaultMessage: (args) => `strokes ${strokesProblem(args?.value)}`,
    },
  });

export class NewProof {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'chosen by the phone, so that sending it again is harmless',
  })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'as Idempotency-Key' })
  @IsOptional()
  @IsString()
  @NotBlank()
  @MaxLength(200)
  opId?: string;

  @ApiProperty({ enum: PROOF_KINDS })
  @IsIn(PROOF_KINDS)
  kind: ProofKind;

  @ApiPropertyOptional({ maxLength: 5_000, description: 'of a note' })
  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  text?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'who signed' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  signer?: string;

  @ApiPropertyOptional({
    description: 'a signature as strokes of points [x, y], instead of a PNG; JSON text in a form',
    type: 'array',
    items: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
  })
  @IsOptional()
  @Transform(fromJson)
  @IsStrokes()
  strokes?: Stroke[];

  @ApiPropertyOptional({
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 of the picture as the camera made it, when the phone sends a smaller one',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'cameraSha256 must be 64 lower-case hex digits' })
  cameraSha256?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'what the scanned tag says' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  tag?: string;

  @ApiPropertyOptional({ type: 'number', description: 'where the phone was' })
  @IsOptional()
  @Type(() => Number)
  @IsNumber(NUMBER)
  @Min(-90)
  @Max(90)
  lat?: number;

  @ApiPropertyOptional({ type: 'number' })
  @IsOptional()
  @Type(() => Number)
  @IsNumber(NUMBER)
  @Min(-180)
  @Max(180)
  lon?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'when the phone recorded it' })
  @IsOptional()
  @IsInstant()
  occurredAt?: string;
}

/** The form, for the document. */
export class NewProofForm extends NewProof {
  @ApiPropertyOptional({ type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 15 MB' })
  file?: unknown;
}

export class ProofView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) jobId: string;
  @ApiProperty({ enum: PROOF_KINDS }) kind: ProofKind;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) workerId: string | null;
  @ApiProperty({ type: String, nullable: true }) mediaType: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) bytes: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) width: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) height: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the stored file, hex' }) sha256:
    | string
    | null;
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of what was sent, hex' })
  originalSha256: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'SHA-256 of what the camera made, as the phone says, hex',
  })
  cameraSha256: string | null;
  @ApiProperty({ type: String, nullable: true }) text: string | null;
  @ApiProperty({ type: String, nullable: true }) signer: string | null;
  @ApiProperty({ type: String, nullable: true }) siteName: string | null;
  @ApiProperty({ type: 'number', nullable: true }) lat: number | null;
  @ApiProperty({ type: 'number', nullable: true }) lon: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) takenAt: Date | null;
  @ApiProperty({
    type: EvidenceView,
    nullable: true,
    description: 'how much it is worth, and why not more; null for what was kept before this was asked',
  })
  evidence: EvidenceView | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'what the phone claimed as the time, where another counts',
  })
  claimedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) occurredAt: Date;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, nullable: true, description: 'where the file can be had' }) file:
    | string
    | null;
}

export class ProofList {
  @ApiProperty({ type: [ProofView] }) items: ProofView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export function viewProof(item: ProofItem, viewer: Pick<Principal, 'role'>): ProofView {
  const masked = viewer.role === 'auditor';
  const { orgId: _org, createdBy: _by, fileId, content, ...rest } = item;
  return {
    ...rest,
    lat: masked ? null : rest.lat,
    lon: masked ? null : rest.lon,
    evidence: rest.evidence ?? null,
    claimedAt: content.claimed?.at ?? null,
    cameraSha256: content.cameraSha256 ?? null,
    text: masked ? null : (content.text ?? null),
    signer: masked ? null : (content.signer ?? null),
    siteName: masked ? null : (content.siteName ?? null),
    file: fileId && !hidden(item, viewer) ? `/api/v1/jobs/${item.jobId}/proof/${item.id}/file` : null,
  };
}

/** A signature is a name written by hand. */
export const hidden = (item: ProofItem, viewer: Pick<Principal, 'role'>): boolean =>
  viewer.role === 'auditor' && item.kind === 'signature';
