import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { JobsService } from '#job';
import { EMERGENCY_PRIORITY } from '#kernel';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { respondersFor } from '../mask.views.js';
import { RespondBody, RespondedView, RespondersView, type ResponderView } from './emergency-response.dto.js';
import { EmergencyResponseService } from './emergency-response.service.js';
import { type Responder, RespondersService } from './responders.service.js';

@ApiTags('dispatch')
@Controller({ path: 'jobs/:id', version: '1' })
export class EmergencyResponseController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobsService,
    private readonly responders: RespondersService,
    private readonly emergencyResponse: EmergencyResponseService,
  ) {}

  /** Who could be at the door soonest, and what each would leave or push back for it. For an emergency also by interrupting. */
  @Get('responders')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: RespondersView })
  list(@Caller() caller: Principal, @IdParam('id') id: string): Promise<RespondersView> {
    return this.uow.run(caller.orgId, async (tx) => {
      const job = await this.jobs.get(tx, id);
      return respondersFor(caller.role, {
        items: (await this.responders.list(tx, job)).map(view),
        mayInterrupt: job.priority >= EMERGENCY_PRIORITY,
      });
    });
  }

  /** Sends a worker as soon as they can be there; `preview` only says what would come of it. */
  @Post('respond')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: RespondedView })
  respond(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() body: RespondBody,
  ): Promise<RespondedView> {
    const { workerId, interrupt = false, preview = false, force = false } = body;
    return this.uow.run(caller.orgId, async (tx) => {
      const done = await this.emergencyResponse.respond(tx, {
        jobId,
        workerId,
        interrupt,
        preview,
        force,
        expectedVersion,
      });
      return { ...view(done), applied: done.applied, assignment: done.assignment };
    });
  }
}

const view = (row: Responder): ResponderView => {
  const known = row.travelSeconds !== null;
  const { workerId, name, status, interrupt, startsAt, distanceMetres, travelSeconds } = row;
  const { interrupts, displaces, refusals, warnings } = row;
  return {
    workerId,
    name,
    status,
    interrupt,
    startsAt,
    arrivesAt: known ? row.arrivesAt : null,
    endsAt: known ? row.endsAt : null,
    distanceMetres,
    travelSeconds,
    interrupts,
    displaces,
    refusals,
    warnings,
  };
};
