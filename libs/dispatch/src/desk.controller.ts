import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Job, Jobs } from '#job';
import { drawIsHonest } from '#matching';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { Assignments } from './assignments.service.js';
import { Board } from './board.service.js';
import { BoardMoves } from './board-moves.service.js';
import { Desk } from './desk.service.js';
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
} from './desk.views.js';
import { Explaining } from './explaining.service.js';
import { boardFor, candidatesFor, decisionFor } from './masked.js';
import { Offer } from './offer.entity.js';
import { JobEvaluation } from './round.entity.js';
import { RoundTimes } from './round-times.service.js';
import { OUTSIDE_ALL_AREAS } from './rules/sentences.js';

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
export class DeskController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly desk: Desk,
    private readonly board: Board,
    private readonly moves: BoardMoves,
    private readonly jobs: Jobs,
    private readonly assignments: Assignments,
    private readonly explaining: Explaining,
    private readonly times: RoundTimes,
  ) {}

  /** Everybody on duty, ranked, with what stands for and against each, as things stand now. */
  @Get('jobs/:id/candidates')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: CandidatesView })
  candidates(@Caller() caller: Principal, @IdParam('id') id: string): Promise<CandidatesView> {
    return this.uow.run(caller.orgId, async (tx) =>
      candidatesFor(caller.role, await this.desk.candidates(tx, id)),
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
      const candidates = last?.candidates ?? [];
      return decisionFor(caller.role, {
        sentence: last?.summary ?? (job.areaId ? await this.times.unlooked(tx, job) : OUTSIDE_ALL_AREAS),
        at: last?.at ?? null,
        method: last?.method ?? null,
        policy: last?.decidedBy.policy ?? null,
        draw: last?.decidedBy.draw
          ? { ...last.decidedBy.draw, honest: drawIsHonest(last.decidedBy.draw) }
          : null,
        eligible: last?.eligible ?? 0,
        candidates,
        offers: offers.map(pastOffer),
        assignment: await this.assignments.holding(tx, id),
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
    return this.uow.run(caller.orgId, (tx) => this.explaining.of(tx, jobId, workerId, caller.role));
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
      const { job, warnings } = await this.desk.assign(tx, { jobId, workerId, force, expectedVersion });
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
      const { job, warnings } = await this.desk.reassign(tx, {
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
      if (caller.role === 'worker') await this.desk.mustHold(tx, jobId, caller.workerId);
      return view(await this.desk.release(tx, { jobId, reason, expectedVersion }));
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
      await this.desk.offer(tx, { jobId, workerId });
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
