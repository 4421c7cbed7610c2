import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Job, JobsService } from '#job';
import { drawIsHonest } from '#matching';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { Offer } from '../offers/offer.entity.js';
import { OUTSIDE_ALL_AREAS } from '../rounds/decision-messages.js';
import { JobEvaluation, storedCandidates } from '../rounds/round.entity.js';
import { RoundScheduleService } from '../rounds/round-schedule.service.js';
import { BoardMovesService } from './board-moves.service.js';
import { DispatchBoardService } from './dispatch-board.service.js';
import { ExplanationService } from './explanation.service.js';
import { ManualDispatchService } from './manual-dispatch.service.js';
import {
  AssignBody,
  Assigned,
  BoardQuery,
  BoardView,
  CandidatesView,
  DecisionView,
  ExplanationView,
  MoveBody,
  MoveView,
  OfferBody,
  type PastOfferView,
  ReassignBody,
  ReleaseBody,
} from './manual-dispatch.views.js';
import { boardFor, candidatesFor, decisionFor } from './mask.views.js';

const view = (job: Job, warnings: string[] = []): Assigned => ({
  jobId: job.id,
  state: job.state,
  version: job.version,
  workerId: job.workerId,
  warnings,
});

const pastOffer = (offer: Offer): PastOfferView => {
  const { id, workerId, state, wave, offeredAt, expiresAt, answeredAt, declineReason, reasons } = offer;
  const why = String(reasons.why ?? '');
  return { id, workerId, state, wave, offeredAt, expiresAt, answeredAt, declineReason, why };
};

@ApiTags('dispatch')
@Controller({ version: '1' })
export class ManualDispatchController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly manualDispatch: ManualDispatchService,
    private readonly board: DispatchBoardService,
    private readonly moves: BoardMovesService,
    private readonly jobs: JobsService,
    private readonly assignments: AssignmentsService,
    private readonly explanations: ExplanationService,
    private readonly roundSchedule: RoundScheduleService,
  ) {}

  /** Everybody on duty, ranked, with what stands for and against each, as things stand now. */
  @Get('jobs/:id/candidates')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: CandidatesView })
  candidates(@Caller() caller: Principal, @IdParam('id') id: string): Promise<CandidatesView> {
    return this.uow.run(caller.orgId, async (tx) =>
      candidatesFor(caller.role, await this.manualDispatch.candidates(tx, id)),
    );
  }

  /** What the last round decided and why, whom the job was offered to, and who holds it. */
  @Get('jobs/:id/decision')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: DecisionView })
  decision(@Caller() caller: Principal, @IdParam('id') id: string): Promise<DecisionView> {
    return this.uow.run(caller.orgId, async (tx) => {
      const job = await this.jobs.get(tx, id);
      const last = await tx.repo(JobEvaluation).findOneBy({ jobId: id });
      const offers = await tx.repo(Offer).find({ where: { jobId: id }, order: { offeredAt: 'ASC' } });
      const candidates = last ? storedCandidates(last) : [];
      return decisionFor(caller.role, {
        sentence:
          last?.summary ??
          (job.areaId ? await this.roundSchedule.whyNotConsidered(tx, job) : OUTSIDE_ALL_AREAS),
        at: last?.at ?? null,
        method: last?.method ?? null,
        policy: last?.decidedBy.policy ?? null,
        draw: last?.decidedBy.draw
          ? { ...last.decidedBy.draw, honest: drawIsHonest(last.decidedBy.draw) }
          : null,
        eligible: last?.eligible ?? 0,
        candidates,
        offers: offers.map(pastOffer),
        assignment: await this.assignments.findByJob(tx, id),
      });
    });
  }

  /** Why this worker or why not, and what would have to change for them to be chosen. */
  @Get('jobs/:id/candidates/:workerId/explain')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: ExplanationView })
  explain(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IdParam('workerId') workerId: string,
  ): Promise<ExplanationView> {
    return this.uow.run(caller.orgId, (tx) => this.explanations.explain(tx, jobId, workerId, caller.role));
  }

  @Post('jobs/:id/assign')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiOkResponse({ type: Assigned })
  assign(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { workerId, force = false }: AssignBody,
  ): Promise<Assigned> {
    return this.uow.run(caller.orgId, async (tx) => {
      const { job, warnings } = await this.manualDispatch.assign(tx, {
        jobId,
        workerId,
        force,
        expectedVersion,
      });
      return view(job, warnings);
    });
  }

  @Post('jobs/:id/reassign')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiOkResponse({ type: Assigned })
  reassign(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { workerId, force = false, reason = 'reassigned by the desk' }: ReassignBody,
  ): Promise<Assigned> {
    return this.uow.run(caller.orgId, async (tx) => {
      const { job, warnings } = await this.manualDispatch.reassign(tx, {
        jobId,
        workerId,
        force,
        reason,
        expectedVersion,
      });
      return view(job, warnings);
    });
  }

  @Post('jobs/:id/release')
  @HttpCode(200)
  @Can('release', 'Job')
  @ApiOkResponse({ type: Assigned })
  release(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { reason }: ReleaseBody,
  ): Promise<Assigned> {
    return this.uow.run(caller.orgId, async (tx) => {
      // Workers may release their own jobs and know of no others.
      if (caller.role === 'worker') await this.manualDispatch.requireHolder(tx, jobId, caller.workerId);
      return view(await this.manualDispatch.release(tx, { jobId, reason, expectedVersion }));
    });
  }

  @Post('jobs/:id/offer')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiOkResponse({ type: Assigned })
  offer(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @Body() { workerId }: OfferBody,
  ): Promise<Assigned> {
    return this.uow.run(caller.orgId, async (tx) => {
      await this.manualDispatch.offer(tx, { jobId, workerId });
      return view(await this.jobs.get(tx, jobId));
    });
  }

  @Get('board')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: BoardView })
  day(@Caller() caller: Principal, @Query() query: BoardQuery): Promise<BoardView> {
    return this.uow.run(caller.orgId, async (tx) => boardFor(caller.role, await this.board.day(tx, query)));
  }

  /** Moves work to another time or another worker; `preview` only says what would come of it. */
  @Post('assignments/:id/move')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiOkResponse({ type: MoveView })
  move(
    @Caller() caller: Principal,
    @IdParam('id') assignmentId: string,
    @Body() body: MoveBody,
  ): Promise<MoveView> {
    const { workerId, startsAt, preview = false, force = false } = body;
    return this.uow.run(caller.orgId, (tx) =>
      this.moves.move(tx, { assignmentId, workerId, startsAt, preview, force }),
    );
  }

  /** Puts open work on a worker's row at a time; `preview` only says what would come of it. */
  @Post('jobs/:id/place')
  @HttpCode(200)
  @Can('assign', 'Job')
  @ApiOkResponse({ type: MoveView })
  place(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() body: MoveBody,
  ): Promise<MoveView> {
    const { workerId, startsAt, preview = false, force = false } = body;
    return this.uow.run(caller.orgId, (tx) =>
      this.moves.place(tx, { jobId, expectedVersion, workerId, startsAt, preview, force }),
    );
  }
}
