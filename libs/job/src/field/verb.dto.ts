import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsInstant, NotBlank } from '#platform';
import { FAIL_REASONS, type FailReason } from '../lifecycle/job-states.js';

/** What every verb may carry. */
export class VerbBody {
  @ApiPropertyOptional({ type: 'integer', description: 'the version the caller saw, as If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'when it happened, if the phone could not say so at once',
  })
  @IsOptional()
  @IsInstant()
  occurredAt?: string;

  @ApiPropertyOptional({ maxLength: 2_000, description: 'kept with the step' })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  note?: string;
}

export class ArriveBody extends VerbBody {
  @ApiPropertyOptional({ maxLength: 200, description: 'the text of the scanned tag at the door' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  tag?: string;
}

export class ReasonBody extends VerbBody {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @NotBlank()
  @MaxLength(500)
  reason: string;
}

export class FailBody extends VerbBody {
  @ApiProperty({ enum: FAIL_REASONS })
  @IsIn(FAIL_REASONS)
  reason: FailReason;
}
