import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CodedMessage } from '#kernel';
import { BackgroundRuns, type RunContext, type Tx, UnitOfWork } from '#platform';
import { aboutPlan, DayPlan, type PlanProgressNow } from './day-plan.entity.js';
import { DayPlansService, PLAN_RUN } from './day-plans.service.js';
import type { DayProposal } from './day-proposal.js';
import { planFailed, planProgressed, planProposed } from './plan.facts.js';
import { PlanProposerService } from './plan-proposer.service.js';

/** How many plans of an organisation may be queued or searched at once: about one for each area. */
const MAX_OPEN_PLANS = 20;

/** Works plans out in worker processes: tells how far it is, stores what was proposed. */
@Injectable()
export class PlanRunnerService implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundRuns,
    private readonly plans: DayPlansService,
    private readonly proposer: PlanProposerService,
  ) {}

  onModuleInit(): void {
    this.runs.register<DayProposal, PlanProgressNow>({
      kind: PLAN_RUN,
      maxOpen: MAX_OPEN_PLANS,
      // The solver uses the processors there are for one plan at a time.
      concurrency: 1,
      run: (context) => this.propose(context),
      started: (tx, id) => this.start(tx, id),
      progressed: (tx, id, progress) => this.tellProgress(tx, id, progress),
      done: (tx, id, proposal) => this.publish(tx, id, proposal),
      failed: (tx, id, error) => this.fail(tx, id, error),
    });
  }

  private async propose(context: RunContext<PlanProgressNow>): Promise<DayProposal> {
    const plan = await this.uow.run(context.orgId, (tx) => this.plans.get(tx, context.subjectId));
    return this.proposer.propose(plan, { signal: context.signal, onBetter: progressOf(plan, context) });
  }

  private async start(tx: Tx, id: string): Promise<void> {
    await tx.repo(DayPlan).update({ id }, { state: 'planning' });
  }

  private async tellProgress(tx: Tx, id: string, progress: PlanProgressNow): Promise<void> {
    await tx.repo(DayPlan).update({ id }, { progress });
    tx.record(planProgressed(id, { ...aboutPlan(await this.plans.get(tx, id)), ...progress }));
  }

  private async publish(tx: Tx, id: string, proposal: DayProposal): Promise<void> {
    const plan = await this.plans.lock(tx, id);
    await this.plans.save(tx, plan, { state: 'proposed', proposal, error: null, finishedAt: tx.now });
    const { before, after } = proposal.totals;
    tx.record(
      planProposed(id, {
        ...aboutPlan(plan),
        stops: proposal.stops.length,
        changes: proposal.stops.filter(({ change }) => change !== 'same').length,
        unassigned: proposal.unassigned.length + proposal.leftOut.filter((l) => l.rule !== 'PINNED').length,
        savedSeconds: before.travelSeconds - after.travelSeconds,
      }),
    );
  }

  private async fail(tx: Tx, id: string, error: CodedMessage): Promise<void> {
    const plan = await this.plans.lock(tx, id);
    await this.plans.save(tx, plan, { state: 'failed', error, finishedAt: tx.now });
    tx.record(planFailed(id, { ...aboutPlan(plan), error: error.detail }));
  }
}

/** Tells of better plans: how much of the time is used, and what the best one costs. */
function progressOf(plan: DayPlan, { progress }: RunContext<PlanProgressNow>): (cost: number) => void {
  const began = performance.now();
  let best = Number.POSITIVE_INFINITY;
  return (cost) => {
    best = Math.min(best, cost);
    const share = Math.min(1, (performance.now() - began) / (plan.options.seconds * 1_000));
    progress({ share: Math.round(share * 100) / 100, cost: Math.round(best) });
  };
}
