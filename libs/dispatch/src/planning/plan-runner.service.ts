import { Injectable, type OnModuleInit } from '@nestjs/common';
import { requestContext, SYSTEM, type Tx, UnitOfWork, WorkQueues } from '#platform';
import { failureOf } from '../coded-message.js';
import { aboutPlan, DayPlan } from './day-plan.entity.js';
import { DayPlansService } from './day-plans.service.js';
import type { DayProposal } from './day-proposal.js';
import { planFailed, planProgressed, planProposed } from './plan.facts.js';
import { PlanProposerService } from './plan-proposer.service.js';
import { RUN_QUEUES, RunSweepService, type RunWork } from './run-sweep.service.js';
import { claimRun, startHeartbeat } from './stored-run.js';

/** Wall milliseconds between two facts of progress, and between two looks whether it was called off. */
const PROGRESS_MS = 1_000;

/** Works plans out in worker processes: takes one up, tells how far it is, stores what was proposed. */
@Injectable()
export class PlanRunnerService implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: WorkQueues,
    private readonly plans: DayPlansService,
    private readonly proposer: PlanProposerService,
    private readonly sweep: RunSweepService,
  ) {}

  onModuleInit(): void {
    this.queues.register<RunWork>({
      queue: RUN_QUEUES.plan,
      // The solver uses the processors there are for one plan at a time.
      concurrency: 1,
      process: async (work) => this.run(await this.sweep.next('plan', work)),
    });
  }

  async run({ orgId, id }: RunWork): Promise<void> {
    await requestContext.run({ actor: SYSTEM }, async () => {
      const plan = await this.uow.run(orgId, async (tx) =>
        (await claimRun(tx, 'day_plans', id)) ? this.plans.get(tx, id) : null,
      );
      if (!plan) return;
      const calledOff = new AbortController();
      const run = { orgId, table: 'day_plans', id, everyMs: PROGRESS_MS } as const;
      const stop = startHeartbeat(this.uow, run, () => calledOff.abort());
      try {
        const proposal = await this.proposer.propose(plan, {
          signal: calledOff.signal,
          onBetter: this.progressOf(plan),
        });
        await this.finish(plan, (tx) => this.publish(tx, plan, proposal));
      } catch (error) {
        const why = failureOf(error);
        await this.finish(plan, async (tx) => {
          await this.plans.save(tx, plan, { state: 'failed', error: why, finishedAt: tx.now });
          tx.record(planFailed(id, { ...aboutPlan(plan), error: why.detail }));
        });
      } finally {
        stop();
      }
    });
  }

  /** Tells of better plans, at most once a second; a message that is lost is made up by the next. */
  private progressOf(plan: DayPlan): (cost: number) => void {
    const began = performance.now();
    let told = Number.NEGATIVE_INFINITY;
    let best = Number.POSITIVE_INFINITY;
    return (cost) => {
      best = Math.min(best, cost);
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      const share = Math.min(1, (now - began) / (plan.options.seconds * 1_000));
      const progress = { share: Math.round(share * 100) / 100, cost: Math.round(best) };
      void this.uow
        .run(plan.orgId, async (tx) => {
          const [running] = await tx.sql(
            `UPDATE day_plans SET progress = $3 WHERE org_id = $1 AND id = $2 AND state = 'planning' RETURNING id`,
            [plan.orgId, plan.id, JSON.stringify(progress)],
          );
          if (running) tx.record(planProgressed(plan.id, { ...aboutPlan(plan), ...progress }));
        })
        .catch(() => undefined);
    };
  }

  private async publish(tx: Tx, plan: DayPlan, proposal: DayProposal): Promise<void> {
    await this.plans.save(tx, plan, { state: 'proposed', proposal, error: null, finishedAt: tx.now });
    const { before, after } = proposal.totals;
    tx.record(
      planProposed(plan.id, {
        ...aboutPlan(plan),
        stops: proposal.stops.length,
        changes: proposal.stops.filter(({ change }) => change !== 'same').length,
        unassigned: proposal.unassigned.length + proposal.leftOut.filter((l) => l.rule !== 'PINNED').length,
        savedSeconds: before.travelSeconds - after.travelSeconds,
      }),
    );
  }

  /** Only while it is still planned: somebody may have called it off. */
  private async finish(plan: DayPlan, write: (tx: Tx) => Promise<void>): Promise<void> {
    await this.uow.run(plan.orgId, async (tx) => {
      const now = await this.plans.lock(tx, plan.id);
      if (now.state !== 'planning') return;
      Object.assign(plan, now);
      await write(tx);
    });
  }
}
