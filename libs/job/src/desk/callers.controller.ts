import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, type Principal, UnitOfWork } from '#platform';
import { CallerQuery, CallersView } from './caller.dto.js';
import { CallersService } from './callers.service.js';

@ApiTags('jobs')
@Controller({ path: 'callers', version: '1' })
export class CallersController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly callers: CallersService,
  ) {}

  /** Who is on the telephone: whom the number was given for before, their doors and their last jobs. */
  @Get()
  @Can('create', 'Job')
  @ApiOkResponse({ type: CallersView })
  find(@Caller() caller: Principal, @Query() { phone }: CallerQuery): Promise<CallersView> {
    return this.uow.run(caller.orgId, async (tx) => ({ items: await this.callers.find(tx, phone) }));
  }
}
