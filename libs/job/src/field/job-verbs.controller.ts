import { applyDecorators, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { JobView, viewJob } from '../desk/job.view.js';
import type { JobEvent } from '../lifecycle/job-states.js';
import { JobCommandsService } from './job-commands.service.js';
import { ArriveBody, FailBody, ReasonBody, VerbBody } from './verb.dto.js';

const Verb = (event: JobEvent) =>
  applyDecorators(
    Post(`:id/${event.replace('_', '-')}`),
    HttpCode(200),
    Can(event, 'Job'),
    ApiHeader({ name: 'Idempotency-Key', required: false }),
    ApiHeader({ name: 'If-Match', required: false }),
    ApiOkResponse({ type: JobView }),
  );

type Body_ = VerbBody & { reason?: string; tag?: string };

/** One endpoint for each verb of the state table; dispatch has those that need an offer or an assignment. */
@ApiTags('job verbs')
@Controller({ path: 'jobs', version: '1' })
export class JobVerbsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: JobCommandsService,
  ) {}

  @Verb('depart')
  depart(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('depart', { caller, id, body, version });
  }

  /** Trusted when a tag or a good fix supports it; otherwise kept as the worker's word. */
  @Verb('arrive')
  arrive(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ArriveBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('arrive', { caller, id, body, version });
  }

  @Verb('undo_arrive')
  undoArrive(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('undo_arrive', { caller, id, body, version });
  }

  @Verb('start')
  start(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('start', { caller, id, body, version });
  }

  @Verb('pause')
  pause(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ReasonBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('pause', { caller, id, body, version });
  }

  @Verb('resume')
  resume(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('resume', { caller, id, body, version });
  }

  /** Refused, naming what is missing, until all required proof is there. */
  @Verb('complete')
  complete(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('complete', { caller, id, body, version });
  }

  @Verb('undo_complete')
  undoComplete(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('undo_complete', { caller, id, body, version });
  }

  @Verb('fail')
  fail(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: FailBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('fail', { caller, id, body, version });
  }

  @Verb('cancel')
  cancel(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ReasonBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('cancel', { caller, id, body, version });
  }

  @Verb('reattempt')
  reattempt(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('reattempt', { caller, id, body, version });
  }

  @Verb('reopen')
  reopen(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('reopen', { caller, id, body, version });
  }

  /** Waives the rest of the review time. */
  @Verb('close')
  close(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: VerbBody,
    @IfMatch() version: number | undefined,
  ): Promise<JobView> {
    return this.fire('close', { caller, id, body, version });
  }

  private fire(
    event: JobEvent,
    request: { caller: Principal; id: string; body: Body_; version?: number },
  ): Promise<JobView> {
    const { caller, id, body, version } = request;
    return this.uow.run(caller.orgId, async (tx) => {
      const job = await this.commands.fire(tx, caller, {
        event,
        jobId: id,
        expectedVersion: version ?? body.version,
        reason: body.reason ?? undefined,
        note: body.note ?? undefined,
        tag: body.tag ?? undefined,
        occurredAt: body.occurredAt ? new Date(body.occurredAt) : undefined,
      });
      return viewJob(job, caller, tx.now);
    });
  }
}
