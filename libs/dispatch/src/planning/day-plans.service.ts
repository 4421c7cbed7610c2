import { Injectable } from '@nestjs/common';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import { BackgroundRuns, checkVersion, requestContext, type Tx } from '#platform';
import { TerritoryService } from '#territory';
import { boardSpan } from '../manual/board-span.js';
import { aboutPlan, DayPlan, type PlanOptions } from './day-plan.entity.js';
import { planCancelled, planRequested } from './plan.facts.js';

/** The kind of the background run that searches a plan. */
export const PLAN_RUN = 'day_plan';

export interface PlanWish extends PlanOptions {
  areaId: string;
  /** YYYY-MM-DD in the area's time zone; today without. */
  date?: string;
}

/** Day plans as they are asked for, read and called off. */
@Injectable()
export class DayPlansService {
  constructor(
    private readonly territory: TerritoryService,
    private readonly runs: BackgroundRuns,
  ) {}

  /** @throws NotFound for the area; Invalid for a day that is over. */
  async request(tx: Tx, { areaId, date, ...options }: PlanWish): Promise<DayPlan> {
    const area = await this.territory.area(tx, areaId);
    const day = boardSpan(date, area.timeZone, tx.now);
    const startAt = new Date(Math.max(day.span.start.getTime(), tx.now.getTime()));
    const endAt = new Date(
      Math.min(day.span.end.getTime(), startAt.getTime() + options.horizonHours * 3_600_000),
    );
    if (startAt >= endAt) throw Invalid.field('date', 'must not be over', tx.now.toISOString());
    const id = newId();
    const row = { id, orgId: tx.orgId, areaId, date: day.date, state: 'queued' as const, options };
    const createdBy = requestContext.actor().id;
    await tx.repo(DayPlan).insert({ ...row, startAt, endAt, createdBy, createdAt: tx.now });
    const plan = await this.get(tx, id);
    tx.record(planRequested(id, aboutPlan(plan)));
    await this.runs.create(tx, PLAN_RUN, id);
    return plan;
  }

  /** @throws NotFound */
  async get(tx: Tx, id: string): Promise<DayPlan> {
    const plan = await tx.repo(DayPlan).findOneBy({ id, orgId: tx.orgId });
    if (!plan) throw new NotFound('plan');
    return plan;
  }

  list(
    tx: Tx,
    filter: { areaId?: string; date?: string; limit: number; before?: string },
  ): Promise<DayPlan[]> {
    const { areaId, date, limit, before } = filter;
    const query = tx
      .repo(DayPlan)
      .createQueryBuilder('p')
      .orderBy('p.id', 'DESC')
      .limit(limit + 1);
    if (areaId) query.andWhere('p.areaId = :areaId', { areaId });
    if (date) query.andWhere('p.date = :date', { date });
    if (before) query.andWhere('p.id < :before', { before });
    return query.getMany();
  }

  /** A running search hears of it within a second. @throws Conflict when there is nothing to call off. */
  async cancel(tx: Tx, id: string, expectedVersion?: number): Promise<DayPlan> {
    await this.runs.cancel(tx, PLAN_RUN, id);
    const plan = await this.lock(tx, id);
    checkVersion(expectedVersion, plan.version);
    if (!['queued', 'planning', 'proposed'].includes(plan.state))
      throw new Conflict('ILLEGAL_TRANSITION', `A plan that is ${plan.state} cannot be cancelled.`, {
        state: plan.state,
      });
    await this.save(tx, plan, { state: 'cancelled', finishedAt: tx.now });
    tx.record(planCancelled(id, aboutPlan(plan)));
    return plan;
  }

  async lock(tx: Tx, id: string): Promise<DayPlan> {
    await tx.sql(`SELECT 1 FROM day_plans WHERE org_id = $1 AND id = $2 FOR UPDATE`, [tx.orgId, id]);
    return this.get(tx, id);
  }

  /** Of a plan that is locked. */
  async save(tx: Tx, plan: DayPlan, change: Partial<DayPlan>): Promise<void> {
    Object.assign(plan, change, { version: plan.version + 1 });
    await tx.repo(DayPlan).update({ id: plan.id }, { ...change, version: plan.version } as never);
  }
}
