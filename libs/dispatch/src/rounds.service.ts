import { performance } from 'node:perf_hooks';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '#job';
import { newId } from '#kernel';
import { requestContext, SYSTEM, type Tx, UnitOfWork, WorkQueues } from '#platform';
import { lockJob } from './assignments.service.js';
import { JobEvaluated } from './dispatch.facts.js';
import { type Look, Looker } from './looker.service.js';
import { Offers } from './offers.service.js';
import { DispatchRound, JobEvaluation } from './round.entity.js';
import type { JobDecision } from './rules/decide-round.js';
import { whyChosen, whyUnassigned } from './rules/sentences.js';
import { NOWHERE, ROUND_QUEUE, type RoundWork } from './wakes.service.js';

/** Reasons that changed only in their numbers are written down again after this. */
const REWRITE_SECONDS = 15;

/** A dispatch round: all open jobs of one area against all workers on duty there. */
@Injectable()
export class Rounds implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: WorkQueues,
    private readonly looker: Looker,
    private readonly offers: Offers,
    private readonly jobs: Jobs,
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
      const { look, generation } = await this.uow.run(orgId, async (tx) => ({
        generation: await wanted(tx, areaId),
        look: await this.looker.look(tx, areaId, Number.parseInt(roundId.slice(-7), 16)),
      }));
      let offers = 0;
      for (const decision of look.decisions)
        offers += await this.uow.run(orgId, (tx) => this.carryOut(tx, decision, look, roundId));
      const tookMs = performance.now() - began;
      await this.uow.run(orgId, (tx) =>
        this.finish(tx, { areaId, generation, look, offers, tookMs, roundId }),
      );
    });
  }

  private async carryOut(tx: Tx, decision: JobDecision, look: Look, roundId: string): Promise<number> {
    const { jobId, choices, candidates } = decision;
    if (choices.length === 0) {
      await this.explain(tx, decision, look, { roundId, summary: whyUnassigned(candidates) });
      return 0;
    }
    const job = await lockJob(tx, this.jobs, jobId);
    if (job.state !== 'unassigned') return 0;
    const made = await this.offers.make(
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
        };
      }),
    );
    const first = candidates.find((c) => c.workerId === choices[0]!.workerId)!;
    if (made > 0) await this.store(tx, decision, look, { roundId, summary: whyChosen(first, candidates) });
    return made;
  }

  /** Writes down why a job stays open, but not again and again while nothing but the numbers changes. */
  private async explain(
    tx: Tx,
    decision: JobDecision,
    look: Look,
    said: { roundId: string; summary: string },
  ): Promise<void> {
    const last = await tx.repo(JobEvaluation).findOneBy({ jobId: decision.jobId });
    const same = last?.summary === said.summary;
    if (same && tx.now.getTime() - last.at.getTime() < REWRITE_SECONDS * 1_000) return;
    await this.store(tx, decision, look, said);
    if (same) return;
    const eligible = decision.candidates.filter((c) => c.eligible).length;
    const areaId = look.jobs.get(decision.jobId)?.areaId ?? null;
    tx.record(
      JobEvaluated(decision.jobId, { jobId: decision.jobId, areaId, eligible, summary: said.summary }),
    );
  }

  private async store(
    tx: Tx,
    decision: JobDecision,
    look: Look,
    said: { roundId: string; summary: string },
  ): Promise<void> {
    const { jobId, candidates } = decision;
    await tx.sql(
      `INSERT INTO job_evaluations (org_id, job_id, round_id, at, method, summary, eligible, candidates)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (org_id, job_id) DO UPDATE SET round_id = excluded.round_id, at = excluded.at, method = excluded.method,
         summary = excluded.summary, eligible = excluded.eligible, candidates = excluded.candidates`,
      [
        tx.orgId,
        jobId,
        said.roundId,
        tx.now,
        decision.mode,
        said.summary,
        candidates.filter((c) => c.eligible).length,
        JSON.stringify(candidates),
      ],
    );
  }

  private async finish(
    tx: Tx,
    round: {
      areaId: string;
      generation: string;
      look: Look;
      offers: number;
      tookMs: number;
      roundId: string;
    },
  ): Promise<void> {
    const { areaId, generation, look, offers, tookMs, roundId } = round;
    await tx.sql(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted, done, ran_at) VALUES ($1, $2, $3, $3, $4)
       ON CONFLICT (org_id, area_id) DO UPDATE SET done = greatest(dispatch_areas.done, excluded.done), ran_at = excluded.ran_at`,
      [tx.orgId, areaId, generation, tx.now],
    );
    if (look.decisions.length === 0) return;
    await tx.repo(DispatchRound).insert({
      id: roundId,
      orgId: tx.orgId,
      areaId: areaId === NOWHERE ? NOWHERE : areaId,
      at: tx.now,
      method: look.decisions[0]!.mode,
      jobsOpen: look.decisions.length,
      workersSeen: look.pool.workers.length,
      offersMade: offers,
      tookMs,
    });
  }
}

/** How often a round was asked for up to now: what this round will have answered. */
async function wanted(tx: Tx, areaId: string): Promise<string> {
  const [row] = await tx.sql<{ wanted: string }>(
    `SELECT wanted FROM dispatch_areas WHERE org_id = $1 AND area_id = $2`,
    [tx.orgId, areaId],
  );
  return row?.wanted ?? '0';
}
