import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PROOF_KINDS, type ProofKind } from '#kernel';
import { ListOf, NotBlank, OptionalNotNull, type Principal } from '#platform';
import { type ServiceType } from './service-type.entity.js';

const MOST_SECONDS = 14 * 86_400;

const Currency = () =>
  Matches(/^[A-Z]{3}$/, {
    message: '$property must be an ISO 4217 code such as EUR',
    context: { code: 'NOT_A_CURRENCY' },
  });

export class SkillNeed {
  @ApiProperty({ maxLength: 60, example: 'gas' })
  @IsString()
  @NotBlank()
  @MaxLength(60)
  skill: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 5, description: 'absent: any level' })
  @OptionalNotNull()
  @IsInt()
  @Min(1)
  @Max(5)
  level?: number;
}

export class ChecklistItem {
  @ApiProperty({ maxLength: 300 })
  @IsString()
  @NotBlank()
  @MaxLength(300)
  text: string;

  @ApiPropertyOptional()
  @OptionalNotNull()
  @IsBoolean()
  required?: boolean;
}

export class NewServiceType {
  @ApiProperty({
    maxLength: 120,
    description: 'unique in the organisation, whatever its case',
    example: 'gas-check',
  })
  @IsString()
  @MaxLength(120)
  @NotBlank()
  code: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MaxLength(200)
  @NotBlank()
  name: string;

  @ApiProperty({ type: 'integer', minimum: 60, maximum: MOST_SECONDS })
  @IsInt()
  @Min(60)
  @Max(MOST_SECONDS)
  durationSeconds: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    description: 'minor units of priceCurrency: 1250 is EUR 12.50, JPY 1250 or KWD 1.250',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  priceMinor?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'EUR', description: 'ISO 4217' })
  @IsOptional()
  @Currency()
  priceCurrency?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    description: 'what the worker gets for a visit, in minor units of payCurrency; shown with the offer',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  payMinor?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'EUR', description: 'ISO 4217' })
  @IsOptional()
  @Currency()
  payCurrency?: string | null;

  @ApiPropertyOptional({ type: [SkillNeed], maxItems: 20 })
  @OptionalNotNull()
  @ArrayUnique((need: SkillNeed) => need?.skill)
  @ListOf(() => SkillNeed, 20)
  skills?: SkillNeed[];

  @ApiPropertyOptional({ type: [String], maxItems: 20 })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @NotBlank({ each: true })
  @MaxLength(60, { each: true })
  equipment?: string[];

  @ApiPropertyOptional({ enum: PROOF_KINDS, isArray: true })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(PROOF_KINDS.length)
  @ArrayUnique()
  @IsIn(PROOF_KINDS, { each: true })
  proofRequired?: ProofKind[];

  @ApiPropertyOptional({ type: [ChecklistItem], maxItems: 100 })
  @OptionalNotNull()
  @ListOf(() => ChecklistItem, 100)
  checklist?: ChecklistItem[];

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 100, description: '0 normal … 100 emergency' })
  @OptionalNotNull()
  @IsInt()
  @Min(0)
  @Max(100)
  priority?: number;

  @ApiPropertyOptional()
  @OptionalNotNull()
  @IsBoolean()
  active?: boolean;
}

export class ServiceTypeChanges extends PartialType(NewServiceType, { skipNullProperties: false }) {}

export class ServiceTypeQuery {
  @ApiPropertyOptional({ type: Boolean, description: 'also those that are no longer offered' })
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  inactive?: boolean;
}

export class ServiceTypeView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty() code: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: 'integer' }) durationSeconds: number;
  @ApiProperty({ type: 'integer', nullable: true }) priceMinor: number | null;
  @ApiProperty({ type: String, nullable: true }) priceCurrency: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null too for those it is no business of' })
  payMinor: number | null;
  @ApiProperty({ type: String, nullable: true }) payCurrency: string | null;
  @ApiProperty({ type: [SkillNeed] }) skills: SkillNeed[];
  @ApiProperty({ type: [String] }) equipment: string[];
  @ApiProperty({ enum: PROOF_KINDS, isArray: true }) proofRequired: ProofKind[];
  @ApiProperty({ type: [ChecklistItem] }) checklist: ChecklistItem[];
  @ApiProperty({ type: 'integer' }) priority: number;
  @ApiProperty() active: boolean;
}

export class ServiceTypeList {
  @ApiProperty({ type: [ServiceTypeView] }) items: ServiceTypeView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

/** What a worker gets is between them and the office. */
export function viewServiceType(type: ServiceType, viewer: Pick<Principal, 'role'>): ServiceTypeView {
  const { orgId: _orgId, createdAt: _createdAt, updatedAt: _updatedAt, ...view } = type;
  const outsider = viewer.role === 'customer' || viewer.role === 'inspector';
  return outsider ? { ...view, payMinor: null, payCurrency: null } : { ...view };
}
