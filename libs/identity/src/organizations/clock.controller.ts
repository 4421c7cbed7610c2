import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';
import { Env } from '#config/env';
import { Invalid } from '#kernel';
import { Can, IsInstant, OptionalNotNull, SharedClock } from '#platform';

const MAX_SPEED = 100_000;
const MAX_LEAP_DAYS = 3_660;
const DAY_MS = 86_400_000;

export class ClockView {
  @ApiProperty({ type: String, format: 'date-time', description: 'Business time' }) now: Date;
  @ApiProperty({ description: 'Business seconds in a wall second' }) speed: number;
  @ApiProperty({ enum: ['system', 'virtual'] }) kind: 'system' | 'virtual';
}

class SetClockBody {
  @ApiPropertyOptional({ format: 'date-time', description: 'Not before now' })
  @OptionalNotNull()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: MAX_SPEED, description: '0 stops it' })
  @OptionalNotNull()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(MAX_SPEED)
  speed?: number;
}

@ApiTags('clock')
@Controller({ path: 'clock', version: '1' })
export class ClockController {
  constructor(
    private readonly env: Env,
    private readonly clock: SharedClock,
  ) {}

  @Get()
  @Can('read', 'Clock')
  @ApiOkResponse({ type: ClockView })
  get(): ClockView {
    return { now: this.clock.now(), speed: this.clock.speed, kind: this.env.CLOCK };
  }

  /** Moves or speeds up business time for the whole installation; refused unless CLOCK=virtual. */
  @Put()
  @Can('update', 'Clock')
  @ApiOkResponse({ type: ClockView })
  async set(@Body() body: SetClockBody): Promise<ClockView> {
    const at = body.at === undefined ? undefined : new Date(body.at);
    const latest = new Date(this.clock.now().getTime() + MAX_LEAP_DAYS * DAY_MS);
    if (at && !(at <= latest))
      throw Invalid.field('at', `must be within ${MAX_LEAP_DAYS} days of now`, latest.toISOString());
    await this.clock.set({ at, speed: body.speed });
    return this.get();
  }
}
