import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { authorize, maskReason } from '#identity';
import { Caller, Can, IdParam, type Principal, UnitOfWork } from '#platform';
import { WorkforceService } from '../status/workforce.service.js';
import { VisitsQuery } from '../workers/worker.dto.js';
import {
  ExceptionBody,
  RangeQuery,
  ScheduleView,
  TimeOffBody,
  TimeOffView,
  WeeklyBody,
} from './hours.dto.js';
import { HoursService } from './hours.service.js';

@ApiTags('workers')
@Controller({ path: 'workers/:id', version: '1' })
export class HoursController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly workforce: WorkforceService,
    private readonly hours: HoursService,
  ) {}

  /** Weekly hours, exceptions and time off, and the working hours that follow from them. */
  @Get('schedule')
  @Can('read', 'Shift')
  @ApiOkResponse({ type: ScheduleView })
  read(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Query() { from, to }: RangeQuery,
  ): Promise<ScheduleView> {
    return this.uow.run(caller.orgId, async (tx) => {
      authorize(caller, 'read', 'Worker', await this.workforce.worker(tx, id));
      const schedule = await this.hours.read(tx, id, from, to);
      const timeOff = schedule.timeOff.map((one) => ({
        ...one,
        reason: maskReason(caller.role, one.reason) ?? '',
      }));
      return { ...schedule, timeOff };
    });
  }

  @Put('shifts')
  @HttpCode(204)
  @Can('update', 'Shift')
  @ApiNoContentResponse()
  weekly(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Query() { visits = 'ask' }: VisitsQuery,
    @Body() { timeZone, weekly }: WeeklyBody,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.hours.setWeekly(tx, id, { timeZone, weekly, visits }));
  }

  @Put('shift-exceptions/:date')
  @HttpCode(204)
  @Can('update', 'Shift')
  @ApiNoContentResponse()
  exception(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Param('date') date: string,
    @Query() { visits = 'ask' }: VisitsQuery,
    @Body() body: ExceptionBody,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.hours.setException(tx, id, date, { instead: body, visits }));
  }

  /** The weekly hours hold again on that date. */
  @Delete('shift-exceptions/:date')
  @HttpCode(204)
  @Can('update', 'Shift')
  @ApiNoContentResponse()
  noException(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Param('date') date: string,
    @Query() { visits = 'ask' }: VisitsQuery,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.hours.setException(tx, id, date, { instead: null, visits }));
  }

  @Post('time-off')
  @Can('update', 'Shift')
  @ApiCreatedResponse({ type: TimeOffView })
  addTimeOff(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Body() body: TimeOffBody,
  ): Promise<TimeOffView> {
    return this.uow.run(orgId, (tx) => this.hours.addTimeOff(tx, id, body));
  }

  @Delete('time-off/:timeOffId')
  @HttpCode(204)
  @Can('update', 'Shift')
  @ApiNoContentResponse()
  removeTimeOff(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @IdParam('timeOffId') timeOffId: string,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.hours.removeTimeOff(tx, id, timeOffId));
  }
}
