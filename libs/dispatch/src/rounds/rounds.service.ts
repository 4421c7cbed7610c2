import { performance } from 'node:perf_hooks';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '#job';
import { newId } from '#kernel';
import { requestContext, SYSTEM, type Tx, UnitOfWork, WorkQueues } from '#platform';
import { jobEvaluated } from '../dispatch.facts.js';
import { OffersService } from '../offers/offers.service.js';
import { OUTSIDE_ALL_AREAS, wavesAreOver, whyChosen, whyUnassigned } from './decision-messages.js';
import { type DecidedBy, DispatchRound, JobEvaluation } from './round.entity.js';
import { type Decision, EMPTY_POOL, type LoadedRound, RoundLoaderService } from './round-loader.service.js';
import { ROUND_QUEUE, type RoundWork } from './round-requests.service.js';
import { type DueJobs, RoundScheduleService } from './round-schedule.service.js';

/** Reasons that changed only in their numbers are written down again after this. */
const REWRITE_SECONDS = 15;

/** So many jobs are read and decided at a time: between them other work of the process goes on. */
const BATCH = 200;

interface RoundSum {
  method: string | null;
  jobs: number;
  workers: number;
  offers: number;
}

/** A dispatch round: all jobs of one area that are due against all workers on duty there, batch by batch. */
@Injectable()
export class RoundsService implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: WorkQueues,
    private readonly roundLoader: RoundLoaderService,
    private readonly offers: OffersService,
    private readonly jobs: JobsService,
    private readonly roundSchedule: RoundScheduleService,
  ) {}

  onModuleInit(): void {
    this.queues.register<RoundWork>({
      queue: ROUND_QUEUE,
      concurrency: 4,
      process: (work) => this.run(work),
    });
  }

  /** Safe to run twice or side by side: every write is a compare-and-set. */
  async run({ orgId, areaId }: RoundWork): Promise<void> {
    await requestContext.run({ actor: SYSTEM }, async () => {
      const began = performance.now();
      const roundId = newId();
      // What is not due stays wanted; the sweep asks again.
      const due = await this.uow.run(orgId, async (tx) =>
        (await this.roundSchedule.isDue(tx, areaId)) ? this.roundSchedule.findDue(tx, areaId) : null,
      );
      if (!due) return;
      const round: RoundSum = { method: null, jobs: 0, workers: 0, offers: 0 };
      for (let at = 0; at < due.jobIds.length; at += BATCH) {
        const ids = due.jobIds.slice(at, at + BATCH);
        const look = await this.uow.run(orgId, (tx) =>
          this.roundLoader.load(tx, areaId, ids, seedOf(roundId) + at),
        );
        round.method ??= look.decisions[0]?.mode ?? null;
        round.jobs += look.decisions.length;
        round.workers = Math.max(round.workers, look.pool.workers.length);
        for (const decision of look.decisions)
          round.offers += await this.uow.run(orgId, (tx) => this.carryOut(tx, decision, look, roundId));
      }
      const tookMs = performance.now() - began;
      await this.uow.run(orgId, (tx) => this.finish(tx, { areaId, due, round, tookMs, roundId }));
    });
  }

  private async carryOut(tx: Tx, decision: Decision, look: LoadedRound, roundId: string): Promise<number> {
    const { jobId, choices, candidates, policy } = decision;
    if (choices.length === 0) {
      const summary = decision.exhausted
        ? wavesAreOver(policy.match.waves.length)
        : look.pool === EMPTY_POOL
          ? OUTSIDE_ALL_AREAS
          : whyUnassigned(candidates);
      await this.explain(tx, decision, look, { roundId, summary });
      return 0;
    }
    const job = await this.jobs.lock(tx, jobId);
    if (job.state !== 'unassigned') return 0;
    const made = await this.offers.create(
      tx,
      choices.map(({ workerId, leg, wave, seconds }) => {
        const chosen = candidates.find((c) => c.workerId === workerId)!;
        return {
          jobId,
          workerId,
          areaId: job.areaId,
          wave,
          seconds,
          roundId,
          distanceMetres: chosen.distanceMetres,
          travelSeconds: chosen.travelSeconds,
          plan: { departAt: leg.departAt, arriveAt: leg.arriveAt, endAt: leg.endAt },
          why: whyChosen(chosen, candidates),
          decidedBy: decidedBy(decision),
        };
      }),
    );
    const first = candidates.find((c) => c.workerId === choices[0]!.workerId)!;
    if (made > 0) await this.store(tx, decision, { roundId, summary: whyChosen(first, candidates) });
    return made;
  }

  /** Writes down why a job stays open, but not again and again while nothing but the numbers changes. */
  private async explain(
    tx: Tx,
    decision: Decision,
    look: LoadedRound,
    said: { roundId: string; summary: string },
  ): Promise<void> {
    const last = await tx.repo(JobEvaluation).findOneBy({ jobId: decision.jobId });
    const same = last?.summary === said.summary;
    if (same && tx.now.getTime() - last.at.getTime() < REWRITE_SECONDS * 1_000) return;
    await this.store(tx, decision, said);
    if (same) return;
    const eligible = decision.candidates.filter((c) => c.eligible).length;
    const areaId = look.jobs.get(decision.jobId)?.areaId ?? null;
    tx.record(
      jobEvaluated(decision.jobId, { jobId: decision.jobId, areaId, eligible, summary: said.summary }),
    );
  }

  private async store(tx: Tx, decision: Decision, said: { roundId: string; summary: string }): Promise<void> {
    const { jobId, candidates } = decision;
    await tx.sql(
      `INSERT INTO job_evaluations (org_id, job_id, round_id, at, method, summary, eligible, candidates, decided_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (org_id, job_id) DO UPDATE SET round_id = excluded.round_id, at = excluded.at, method = excluded.method,
         summary = excluded.summary, eligible = excluded.eligible, candidates = excluded.candidates, decided_by = excluded.decided_by`,
      [
        tx.orgId,
        jobId,
        said.roundId,
        tx.now,
        decision.mode,
        said.summary,
        candidates.filter((c) => c.eligible).length,
        JSON.stringify(candidates),
        JSON.stringify(decidedBy(decision)),
      ],
    );
  }

  private async finish(
    tx: Tx,
    done: { areaId: string; due: DueJobs; round: RoundSum; tookMs: number; roundId: string },
  ): Promise<void> {
    const { areaId, due, round, tookMs, roundId } = done;
    await this.roundSchedule.recordRun(tx, areaId, due);
    if (round.method === null) return;
    await tx.repo(DispatchRound).insert({
      id: roundId,
      orgId: tx.orgId,
      areaId,
      at: tx.now,
      method: round.method,
      jobsOpen: round.jobs,
      workersSeen: round.workers,
      offersMade: round.offers,
      tookMs,
    });
  }
}

/** The seed of a round's random draws: fixed by its id, before anybody knows who is on duty. */
const seedOf = (roundId: string): number => Number.parseInt(roundId.slice(-7), 16);

/** Which versions of the policy decided, and by which draw: enough to check the choice afterwards. */
const decidedBy = ({ policy, draw }: Decision): DecidedBy => ({
  policy: policy.versions,
  ...(draw ? { draw } : {}),
});
