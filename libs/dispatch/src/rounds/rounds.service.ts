import { performance } from 'node:perf_hooks';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Job, JobsService } from '#job';
import { newId } from '#kernel';
import { DirectWakes, Metrics, requestContext, SYSTEM, type Tx, UnitOfWork, WorkQueues } from '#platform';
import { jobEvaluated } from '../dispatch.facts.js';
import { type OfferCommand, OffersService } from '../offers/offers.service.js';
import { OUTSIDE_ALL_AREAS, wavesAreOver, whyChosen, whyUnassigned } from './decision-messages.js';
import { type DecidedBy, DispatchRound, packCandidates } from './round.entity.js';
import { type Decision, EMPTY_POOL, type LoadedRound, RoundLoaderService } from './round-loader.service.js';
import {
  ROUND_QUEUE,
  ROUND_REQUESTED,
  RoundRequestsService,
  type RoundWork,
} from './round-requests.service.js';
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

/** A round that goes on over several transactions. */
interface RoundUnderWay {
  roundId: string;
  began: number;
  due: DueJobs;
  /** How many of the jobs are decided. */
  done: number;
  sum: RoundSum;
}

/**
 * A dispatch round: all jobs of one area that are due against all workers on duty there, batch by batch. Each batch is read,
 * decided and written in one transaction, by as many statements for one job as for two hundred.
 */
@Injectable()
export class RoundsService implements OnModuleInit {
  private readonly observe: (hop: 'waited' | 'decided', seconds: number) => void;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: WorkQueues,
    private readonly wakes: DirectWakes,
    private readonly roundLoader: RoundLoaderService,
    private readonly offers: OffersService,
    private readonly jobs: JobsService,
    private readonly roundSchedule: RoundScheduleService,
    private readonly roundRequests: RoundRequestsService,
    metrics: Metrics,
  ) {
    this.observe = metrics.durations(
      'job_to_offer_seconds',
      'A new job until a round takes it up (waited, business clock), and that round until its offers are written (decided)',
      'hop',
    );
  }

  onModuleInit(): void {
    this.queues.register<RoundWork>({
      queue: ROUND_QUEUE,
      concurrency: 4,
      process: (work) => this.run(work),
    });
    this.wakes.register({
      channel: ROUND_REQUESTED,
      concurrency: 4,
      process: (key) => {
        const [orgId, areaId] = key.split('/') as [string, string];
        return this.run({ orgId, areaId });
      },
    });
  }

  /** Safe to run twice or side by side: an area has one round at a time, and every write is checked against the rows. */
  async run({ orgId, areaId }: RoundWork): Promise<void> {
    await requestContext.run({ actor: SYSTEM }, async () => {
      let round: RoundUnderWay | null = null;
      do {
        const before: RoundUnderWay | null = round;
        round = await this.uow.run(orgId, (tx) => this.next(tx, areaId, before));
      } while (round);
    });
  }

  /** The next batch of a round. @returns null when it is over, or there is none to run now. */
  private async next(tx: Tx, areaId: string, before: RoundUnderWay | null): Promise<RoundUnderWay | null> {
    // Whoever holds it asks again for what was requested meanwhile.
    if (!(await this.claim(tx, areaId))) return null;
    const round = before ?? (await this.begin(tx, areaId));
    // What is not due stays wanted; the sweep asks again.
    if (!round) return null;
    const { due, roundId } = round;
    const ids = due.jobIds.slice(round.done, round.done + BATCH);
    const sum = { ...round.sum };
    if (ids.length > 0) {
      const batchBegan = performance.now();
      const look = await this.roundLoader.load(tx, areaId, ids, seedOf(roundId) + round.done);
      sum.method ??= look.decisions[0]?.mode ?? null;
      sum.jobs += look.decisions.length;
      sum.workers = Math.max(sum.workers, look.pool.workers.length);
      sum.offers += await this.carryOut(tx, look, roundId);
      this.observe('decided', (performance.now() - batchBegan) / 1_000);
    }
    const done = round.done + ids.length;
    if (done < due.jobIds.length) return { ...round, sum, done };
    await this.finish(tx, areaId, { ...round, sum });
    return null;
  }

  private async claim(tx: Tx, areaId: string): Promise<boolean> {
    const [lock] = await tx.sql<{ got: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS got`,
      [`round ${tx.orgId}/${areaId}`],
    );
    return lock!.got;
  }

  private async begin(tx: Tx, areaId: string): Promise<RoundUnderWay | null> {
    const began = performance.now();
    const due = await this.roundSchedule.findDue(tx, areaId);
    const sum = { method: null, jobs: 0, workers: 0, offers: 0 };
    return due && { roundId: newId(), began, due, done: 0, sum };
  }

  /** @returns how many offers were made. */
  private async carryOut(tx: Tx, look: LoadedRound, roundId: string): Promise<number> {
    const chosen = look.decisions.filter(({ choices }) => choices.length > 0);
    const unassigned = new Map<string, Job>();
    if (chosen.length > 0)
      for (const job of await this.jobs.lockAll(
        tx,
        chosen.map(({ jobId }) => jobId),
      ))
        if (job.state === 'unassigned') unassigned.set(job.id, job);
    const commands = chosen.flatMap((decision) =>
      toCommands(decision, unassigned.get(decision.jobId), roundId),
    );
    const made = await this.offers.create(tx, unassigned, commands);
    const offered = chosen.filter(({ jobId }) => made.has(jobId));
    for (const { jobId } of offered) {
      const { version, createdAt } = unassigned.get(jobId)!;
      if (version === 1) this.observe('waited', (tx.now.getTime() - createdAt.getTime()) / 1_000);
    }
    await this.store(tx, roundId, [
      ...offered.map((decision) => ({
        decision,
        summary: whyChosen(firstChoice(decision), decision.candidates),
      })),
      ...(await this.explain(tx, look)),
    ]);
    return [...made.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Why the others stay open; not again and again while nothing but the numbers changes. */
  private async explain(tx: Tx, look: LoadedRound): Promise<Explained[]> {
    const open = look.decisions.filter(({ choices }) => choices.length === 0);
    if (open.length === 0) return [];
    const last = await tx.sql<{ job_id: string; summary: string; at: Date }>(
      `SELECT job_id, summary, at FROM job_evaluations WHERE org_id = $1 AND job_id = ANY($2::uuid[])`,
      [tx.orgId, open.map(({ jobId }) => jobId)],
    );
    const before = new Map(last.map((row) => [row.job_id, row]));
    return open.flatMap((decision) => {
      const { jobId, candidates } = decision;
      const summary = whyOpen(decision, look);
      const known = before.get(jobId);
      const same = known?.summary === summary;
      if (same && tx.now.getTime() - known.at.getTime() < REWRITE_SECONDS * 1_000) return [];
      if (!same) {
        const eligible = candidates.filter((c) => c.eligible).length;
        const areaId = look.jobs.get(jobId)?.areaId ?? null;
        tx.record(jobEvaluated(jobId, { jobId, areaId, eligible, summary }));
      }
      return [{ decision, summary }];
    });
  }

  private async store(tx: Tx, roundId: string, explained: readonly Explained[]): Promise<void> {
    if (explained.length === 0) return;
    const rows = explained.map(({ decision, summary }) => ({
      job_id: decision.jobId,
      method: decision.mode,
      summary,
      eligible: decision.candidates.filter((c) => c.eligible).length,
      ...packCandidates(decision.candidates),
      decided_by: decidedBy(decision),
    }));
    await tx.sql(
      `INSERT INTO job_evaluations (org_id, job_id, round_id, at, method, summary, eligible, candidates, terms, decided_by)
       SELECT $1, job_id, $2, $3, method, summary, eligible, candidates, terms, decided_by
       FROM jsonb_to_recordset($4::jsonb) AS e(job_id uuid, method text, summary text, eligible integer, candidates jsonb,
         terms jsonb, decided_by jsonb)
       ORDER BY job_id
       ON CONFLICT (org_id, job_id) DO UPDATE SET round_id = excluded.round_id, at = excluded.at, method = excluded.method,
         summary = excluded.summary, eligible = excluded.eligible, candidates = excluded.candidates, terms = excluded.terms,
         decided_by = excluded.decided_by`,
      [tx.orgId, roundId, tx.now, JSON.stringify(rows)],
    );
  }

  private async finish(tx: Tx, areaId: string, { due, sum, began, roundId }: RoundUnderWay): Promise<void> {
    if (sum.method !== null)
      await tx.repo(DispatchRound).insert({
        id: roundId,
        orgId: tx.orgId,
        areaId,
        at: tx.now,
        method: sum.method,
        jobsOpen: sum.jobs,
        workersSeen: sum.workers,
        offersMade: sum.offers,
        tookMs: performance.now() - began,
      });
    // The area's row last: everybody who requests a round of it waits for this transaction from then on.
    tx.beforeCommit(async () => {
      const { again } = await this.roundSchedule.recordRun(tx, areaId, due);
      if (again) tx.afterCommit(() => this.roundRequests.wake(tx.orgId, areaId));
    });
  }
}

/** A decision, and what is written down about it in a sentence. */
interface Explained {
  decision: Decision;
  summary: string;
}

/** The offers that follow from a decision; none for a job that is not open any more. */
function toCommands(decision: Decision, job: Job | undefined, roundId: string): OfferCommand[] {
  if (!job) return [];
  const { choices, candidates } = decision;
  return choices.map(({ workerId, leg, wave, seconds }) => {
    const chosen = candidates.find((c) => c.workerId === workerId)!;
    return {
      jobId: job.id,
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
  });
}

const firstChoice = ({ choices, candidates }: Decision) =>
  candidates.find((c) => c.workerId === choices[0]!.workerId)!;

function whyOpen({ exhausted, policy, candidates }: Decision, { pool }: LoadedRound): string {
  if (exhausted) return wavesAreOver(policy.match.waves.length);
  return pool === EMPTY_POOL ? OUTSIDE_ALL_AREAS : whyUnassigned(candidates);
}

/** The seed of a round's random draws: fixed by its id, before anybody knows who is on duty. */
const seedOf = (roundId: string): number => Number.parseInt(roundId.slice(-7), 16);

/** Which versions of the policy decided, and by which draw: enough to check the choice afterwards. */
const decidedBy = ({ policy, draw }: Decision): DecidedBy => ({
  policy: policy.versions,
  ...(draw ? { draw } : {}),
});
