import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { SCORE_TERMS, SELECTION_MODES, type SelectionMode } from '#matching';
import { ListOf, Nested, OptionalNotNull } from '#platform';

const DAY = 86_400;
const finite = { allowNaN: false, allowInfinity: false } as const;

/** A number from `min` to `max`; leave it out to take what the layer below says. */
function Amount(min: number, max: number, options: { whole?: true; nullable?: true; of?: string } = {}) {
  const { whole, nullable, of } = options;
  return (target: object, key: string): void => {
    ApiPropertyOptional({
      type: whole ? 'integer' : 'number',
      minimum: min,
      maximum: max,
      ...(nullable ? { nullable: true } : {}),
      ...(of ? { description: of } : {}),
    })(target, key);
    (nullable ? IsOptional() : OptionalNotNull())(target, key);
    (whole ? IsInt() : IsNumber(finite))(target, key);
    Min(min)(target, key);
    Max(max)(target, key);
  };
}

export class TravelBody {
  @Amount(1, 5, { of: 'straight line to road' }) detourFactor?: number;
  @Amount(0.1, 60, { of: 'metres a second' }) speedMetresPerSecond?: number;
  @Amount(0, 3_600, { of: 'to get going and to park, seconds' }) overheadSeconds?: number;
}

export class WaveBody {
  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 200_000,
    description: 'null = everybody',
  })
  @IsOptional()
  @IsNumber(finite)
  @Min(0)
  @Max(200_000)
  radiusMetres: number | null = null;

  @ApiProperty({ type: 'integer', nullable: true, minimum: 1, maximum: 1_000, description: 'null = all' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  bestCount: number | null = null;

  @ApiProperty({ type: 'integer', minimum: 5, maximum: 3_600, description: 'until the next wave' })
  @IsInt()
  @Min(5)
  @Max(3_600)
  waitSeconds: number;
}

export class WeightsBody {
  [term: string]: number | undefined;
}
for (const term of SCORE_TERMS)
  Amount(-10_000, 10_000, { of: 'points for one unit; 0 switches it off' })(WeightsBody.prototype, term);

export class UnassignedPriceBody {
  @Amount(0, 1_000_000) base?: number;
  @Amount(0, 100_000) perWaitingMinute?: number;
  @Amount(0, 100_000) perPriority?: number;
}

const group = (type: () => new () => object) => (target: object, key: string) => {
  // Swagger tells a function that names a class from the class itself by the name it has here.
  ApiPropertyOptional({ type: () => type() })(target, key);
  OptionalNotNull()(target, key);
  Nested(type)(target, key);
};

/** How work is given out. Everything may be left out. */
export class PolicyBodyDto {
  @ApiPropertyOptional({ enum: SELECTION_MODES })
  @OptionalNotNull()
  @IsIn(SELECTION_MODES)
  method?: SelectionMode;

  @Amount(50, 200_000, { nullable: true, of: 'null = no radius' }) radiusMetres?: number | null;
  @Amount(5, DAY, { nullable: true, of: 'null = any age' }) maxPositionAgeSeconds?: number | null;
  @Amount(1, 10_000, { nullable: true, of: 'null = any accuracy' }) maxAccuracyMetres?: number | null;
  @Amount(1, 100, { whole: true, of: '2 and more: a busy worker gets the next leg' })
  maxOpenAssignments?: number;
  @Amount(0, DAY, { of: 'how far ahead a present job may end' }) maxForwardSeconds?: number;
  @Amount(0, 7 * DAY, { of: 'later jobs need no live position' }) liveHorizonSeconds?: number;
  @Amount(0, DAY) lateToleranceSeconds?: number;
  @Amount(0, DAY) overtimeToleranceSeconds?: number;
  @Amount(5, 3_600, { whole: true, of: 'time to answer an offer' }) offerSeconds?: number;
  @Amount(0, DAY, { whole: true, of: 'until who let it pass is asked again' }) askAgainSeconds?: number;
  @Amount(0, 300, { of: 'jobs that compete wait for each other this long' }) batchWindowSeconds?: number;
  @Amount(0, 1_000, { of: 'jobs compete below so many free workers each' }) batchScarcity?: number;
  @Amount(1, 1_000, { whole: true, of: 'how many a broadcast reaches' }) broadcastCount?: number;
  @Amount(1, 500, { whole: true, of: 'how many of each job a batch may choose from' })
  candidatesPerJob?: number;

  @ApiPropertyOptional({ type: [WaveBody], maxItems: 20 })
  @OptionalNotNull()
  @ListOf(() => WaveBody, 20)
  waves?: WaveBody[];

  @group(() => TravelBody) travel?: TravelBody;
  @group(() => WeightsBody) weights?: WeightsBody;
  @group(() => UnassignedPriceBody) unassignedPrice?: UnassignedPriceBody;
}

export class PutPolicyBody {
  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'null = for all others' })
  @IsOptional()
  @IsUUID()
  serviceTypeId?: string | null;

  @ApiProperty({ type: PolicyBodyDto })
  @Nested(() => PolicyBodyDto)
  body: PolicyBodyDto;

  @ApiPropertyOptional({ maxLength: 500, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

export class PolicyQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'without: the policy for all others' })
  @IsOptional()
  @IsUUID()
  serviceTypeId?: string;
}

export class PolicyVersionView {
  @ApiProperty() id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) serviceTypeId: string | null;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: PolicyBodyDto }) body: PolicyBodyDto;
  @ApiProperty({ type: String, nullable: true }) note: string | null;
  @ApiProperty({ type: String, nullable: true }) createdBy: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt: Date;
}

export class PolicyView extends PolicyVersionView {
  @ApiProperty({ type: PolicyBodyDto, description: 'with all layers below: what rounds use' })
  effective: PolicyBodyDto;
}

export class PolicyList {
  @ApiProperty({ type: PolicyBodyDto, description: 'as the product comes' }) product: PolicyBodyDto;
  @ApiProperty({ type: PolicyBodyDto, description: 'with the numbers of /organization/policy' })
  organization: PolicyBodyDto;
  @ApiProperty({ type: PolicyBodyDto, description: 'what holds without a service type’s own' })
  effective: PolicyBodyDto;
  @ApiProperty({ type: [PolicyView] }) items: PolicyView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class PolicyVersionList {
  @ApiProperty({ type: [PolicyVersionView] }) items: PolicyVersionView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}
