import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import { requestContext, SYSTEM, type Tx, UnitOfWork, WorkQueues } from '#platform';
import type { EffectivePolicy, PolicyBody } from '../rules/effective-policy.js';
import { failureOf } from '../rules/stated.js';
import { RUN_QUEUES, RunSweep, type RunWork } from '../run-sweep.service.js';
import { keepBeating, mustHaveRoom, takeUp } from '../stored-run.js';
import { type DryRunResult, PolicyDryRun } from './dry-run.entity.js';
import { assumptionsOf } from './dry-run-assumptions.js';
import { PastDays } from './past-days.service.js';
import { DispatchPolicies } from './policy-book.service.js';
import { recordedSheet } from './recorded-sheet.js';
import type { RecordedDay } from './replay/recorded-day.js';
import { replay } from './replay/replay.js';

const MAX_DAYS = 7;
/** More would keep a worker process busy for too long. */
const MAX_JOBS = 20_000;

const TURN_MS = 10;

/**
 * Between turns of a few milliseconds this rests for as long as it worked, so that the relay and the handlers, which live
 * in the same process, always have half of the processor.
 */
function takingTurns(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    const worked = performance.now() - begun;
    if (worked < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(worked, 10 * TURN_MS)));
    begun = performance.now();
  };
}

export interface DryRunWish {
  body: PolicyBody;
  serviceTypeId: string | null;
  areaId: string | null;
  from: Date;
  to: Date;
}

/** Replays the past under a policy that is only thought of, and tells what would have been different. */
@Injectable()
export class DryRuns implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: WorkQueues,
    private readonly sweep: RunSweep,
    private readonly policies: DispatchPolicies,
    private readonly past: PastDays,
  ) {}

  onModuleInit(): void {
    this.queues.register<RunWork>({
      queue: RUN_QUEUES.dry_run,
      concurrency: 1,
      process: async (work) => this.run(await this.sweep.next('dry_run', work)),
    });
  }

  /** @throws Invalid naming what is wrong with the span or the policy. */
  async ask(tx: Tx, wish: DryRunWish): Promise<PolicyDryRun> {
    const { from, to, areaId, serviceTypeId, body } = wish;
    if (from >= to) throw Invalid.field('to', 'must be after from');
    if (to > tx.now) throw Invalid.field('to', 'must not be in the future', tx.now.toISOString());
    if (to.getTime() - from.getTime() > MAX_DAYS * 86_400_000)
      throw Invalid.field('to', `must be at most ${MAX_DAYS} days after from`, MAX_DAYS);
    await this.past.mustKnow(tx, areaId);
    await this.policies.tryOut(tx, serviceTypeId, body, 'policy');
    await mustHaveRoom(tx, 'policy_dry_runs');
    const id = newId();
    const row = { id, orgId: tx.orgId, state: 'queued' as const, from, to, areaId, serviceTypeId, body };
    const createdBy = requestContext.actor().id;
    await tx.repo(PolicyDryRun).insert({ ...row, createdBy, createdAt: tx.now } as never);
    tx.afterCommit(() => this.sweep.wake('dry_run', { orgId: tx.orgId, id }));
    return this.get(tx, id);
  }

  /** @throws NotFound */
  async get(tx: Tx, id: string): Promise<PolicyDryRun> {
    const run = await tx.repo(PolicyDryRun).findOneBy({ id, orgId: tx.orgId });
    if (!run) throw new NotFound('dry run');
    return run;
  }

  /** Newest first; one more than `limit`, if there are. */
  list(tx: Tx, { limit, before }: { limit: number; before?: string }): Promise<PolicyDryRun[]> {
    return tx.repo(PolicyDryRun).find({
      where: before ? { id: LessThan(before) } : {},
      order: { id: 'DESC' },
      take: limit + 1,
    });
  }

  async run({ orgId, id }: RunWork): Promise<void> {
    await requestContext.run({ actor: SYSTEM }, async () => {
      const mine = await this.uow.run(orgId, (tx) => takeUp(tx, 'policy_dry_runs', id));
      if (!mine) return;
      const stop = keepBeating(this.uow, { orgId, table: 'policy_dry_runs', id }, () => undefined);
      try {
        const result = await this.work(orgId, id);
        await this.finish(orgId, id, { state: 'done', result, error: null });
      } catch (error) {
        await this.finish(orgId, id, { state: 'failed', result: null, error: failureOf(error) });
      } finally {
        stop();
      }
    });
  }

  private async work(orgId: string, id: string): Promise<DryRunResult> {
    const { day, present, proposed, seed } = await this.uow.run(orgId, (tx) => this.load(tx, id));
    const pause = takingTurns();
    return {
      recorded: recordedSheet(day, present(null)),
      present: await replay(day, { policyOf: present, seed, pause }),
      proposed: await replay(day, { policyOf: proposed, seed, pause }),
      assumptions: assumptionsOf(day),
    };
  }

  private async load(tx: Tx, id: string) {
    const { from, to, areaId, serviceTypeId, body } = await this.get(tx, id);
    const searchSeconds = await this.policies.searchSeconds(tx);
    const jobs = await this.past.countJobs(tx, { from, to, areaId });
    if (jobs > MAX_JOBS)
      throw new Conflict('TOO_MANY_JOBS', `${jobs} jobs are more than ${MAX_JOBS}; choose less time.`, {
        jobs,
        most: MAX_JOBS,
      });
    const day: RecordedDay = await this.past.read(tx, { from, to, areaId }, searchSeconds);
    const book = await this.policies.book(tx);
    const proposed = await this.policies.bookWith(tx, serviceTypeId, body);
    const seed = Number.parseInt(id.slice(-7), 16);
    const of = (source: { of(type: string | null): EffectivePolicy }) => (type: string | null) =>
      source.of(type);
    return { day, present: of(book), proposed: of(proposed), seed };
  }

  private async finish(
    orgId: string,
    id: string,
    end: Pick<PolicyDryRun, 'state' | 'result' | 'error'>,
  ): Promise<void> {
    await this.uow.run(orgId, (tx) =>
      tx.repo(PolicyDryRun).update({ id, state: 'running' }, { ...end, finishedAt: tx.now } as never),
    );
  }
}
