import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { ALERT_KINDS, Caller, Can, type Principal, UnitOfWork } from '#platform';
import { AlertsService } from './alerts.service.js';

class AlertView {
  @ApiProperty({ description: 'kind and subject, stable while the cause lasts' }) key: string;
  @ApiProperty({ enum: ALERT_KINDS }) kind: string;
  @ApiProperty({ format: 'date-time' }) since: Date;
  @ApiProperty({ type: String, nullable: true }) jobId: string | null;
  @ApiProperty({ type: String, nullable: true }) workerId: string | null;
  @ApiProperty({ type: String, nullable: true }) areaId: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'waited, late or silent, seconds' }) seconds:
    | number
    | null;
  @ApiProperty() detail: string;
  @ApiProperty({ enum: ['open', 'acknowledged', 'snoozed'] }) state: string;
}

class AlertList {
  @ApiProperty({ type: [AlertView] }) items: AlertView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

class SnoozeBody {
  @ApiPropertyOptional({ minimum: 60, maximum: 86_400, default: 900 })
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(86_400)
  seconds: number = 900;
}

class KeysBody {
  @ApiProperty({ type: [String], maxItems: 500, description: 'keys of alerts' })
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  keys: string[];
}

@ApiTags('alerts')
@Controller({ path: 'alerts', version: '1' })
export class AlertsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly alerts: AlertsService,
  ) {}

  /** What a dispatcher should look at now, newest first. */
  @Get()
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: AlertList })
  list(@Caller() caller: Principal): Promise<AlertList> {
    return this.uow.run(caller.orgId, async (tx) => ({
      items: await this.alerts.list(tx, caller),
      nextCursor: null,
    }));
  }

  /** Several at once; those whose cause is gone are left out of the answer. */
  @Post('ack')
  @HttpCode(200)
  @Can('update', 'Assignment')
  @ApiOkResponse({ type: AlertList })
  acknowledgeAll(@Caller() caller: Principal, @Body() { keys }: KeysBody): Promise<AlertList> {
    return this.uow.run(caller.orgId, async (tx) => ({
      items: await this.alerts.markAll(tx, caller, keys, { state: 'acknowledged' }),
      nextCursor: null,
    }));
  }

  @Post(':key/ack')
  @HttpCode(200)
  @Can('update', 'Assignment')
  @ApiOkResponse({ type: AlertView })
  acknowledge(@Caller() caller: Principal, @Param('key') key: string): Promise<AlertView> {
    return this.uow.run(caller.orgId, (tx) => this.alerts.mark(tx, caller, key, { state: 'acknowledged' }));
  }

  @Post(':key/snooze')
  @HttpCode(200)
  @Can('update', 'Assignment')
  @ApiOkResponse({ type: AlertView })
  snooze(
    @Caller() caller: Principal,
    @Param('key') key: string,
    @Body() { seconds }: SnoozeBody,
  ): Promise<AlertView> {
    return this.uow.run(caller.orgId, (tx) =>
      this.alerts.mark(tx, caller, key, { state: 'snoozed', seconds }),
    );
  }

  /** Takes an acknowledgement or a snooze back. */
  @Post(':key/reopen')
  @HttpCode(200)
  @Can('update', 'Assignment')
  @ApiOkResponse({ type: AlertView })
  reopen(@Caller() caller: Principal, @Param('key') key: string): Promise<AlertView> {
    return this.uow.run(caller.orgId, (tx) => this.alerts.mark(tx, caller, key, { state: 'open' }));
  }
}
