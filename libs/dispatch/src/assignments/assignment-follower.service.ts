import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ChangeEffect,
  type Job,
  type JobChange,
  type JobFollower,
  JobFollowersService,
  type JobStep,
  JobsService,
  OPEN_STATES,
} from '#job';
import type { Tx } from '#platform';
import { OffersService } from '../offers/offers.service.js';
import { RoundRequestsService } from '../rounds/round-requests.service.js';
import { WorkerSearchService } from '../rounds/worker-search.service.js';
import type { Assignment } from './assignment.entity.js';
import { AssignmentsService } from './assignments.service.js';
import { followChange } from './follow-change.js';
import { MovePlannerService, type MoveTrial } from './move-planner.service.js';
import type { MovePlan, UnderWay } from './plan-move.js';

/** What a visit was promised by: when one of these differs, the promise is looked at again. */
const TIMES = ['windowStart', 'windowEnd', 'dueAt'];
const TERMS = [
  ...TIMES,
  'durationSeconds',
  'lat',
  'lon',
  'skills',
  'equipment',
  'blockedWorkerIds',
  'requiredWorkerId',
  'customerLanguage',
];
/** What a worker who looks at an offer was shown besides. */
const SHOWN = [...TERMS, 'address', 'priority'];

const touches = ({ fields }: JobChange, terms: readonly string[]) =>
  fields.some((field) => terms.includes(field));

/** Assignments and offers change in the transaction of the job that they were made for (docs/adr/0008). */
@Injectable()
export class AssignmentFollowerService implements JobFollower, OnModuleInit {
  constructor(
    private readonly followers: JobFollowersService,
    private readonly jobs: JobsService,
    private readonly assignments: AssignmentsService,
    private readonly offers: OffersService,
    private readonly workerSearch: WorkerSearchService,
    private readonly roundRequests: RoundRequestsService,
    private readonly planner: MovePlannerService,
  ) {}

  onModuleInit(): void {
    this.followers.register(this);
  }

  async created(tx: Tx, jobs: readonly Job[]): Promise<void> {
    await this.search(
      tx,
      jobs.filter(({ state }) => state === 'unassigned'),
    );
  }

  private async search(tx: Tx, jobs: readonly Job[]): Promise<void> {
    await this.workerSearch.start(tx, jobs);
    this.roundRequests.request(
      tx,
      jobs.map(({ areaId }) => areaId),
    );
  }

  async stepped(tx: Tx, { before, after, event, reason }: JobStep): Promise<void> {
    const { id } = after;
    const workerId = after.workerId ?? before.workerId;
    switch (event) {
      case 'depart':
      case 'arrive':
        if (workerId) await this.assignments.activate(tx, id, workerId);
        return;
      case 'complete':
      case 'fail':
        return this.end(tx, id, workerId, { state: 'done', reason });
      case 'cancel':
      case 'expire':
        await this.workerSearch.cancel(tx, id);
        await this.offers.withdrawAll(tx, id, event);
        return this.end(tx, id, workerId, { state: 'released', reason });
      case 'release':
      case 'reattempt':
        // Whoever releases goes on with the worker: often at once to another job or time.
        await this.assignments.end(tx, id, 'released', reason ?? event);
        return this.search(tx, [after]);
      case 'reopen':
        return this.search(tx, [after]);
      case 'withdraw':
        return this.roundRequests.request(tx, [after.areaId]);
      case 'assign':
        return this.workerSearch.cancel(tx, id);
      case 'undo_complete':
        await this.assignments.reactivate(tx, id);
        if (workerId) await this.assignments.syncWorkerStatus(tx, workerId);
        return;
      case 'resume':
        return this.assignments.resume(tx, id);
      default:
        return;
    }
  }

  async foresee(tx: Tx, change: JobChange): Promise<ChangeEffect> {
    const { before, request } = change;
    const withdrawnOffers = touches(change, SHOWN) ? await this.offers.countPending(tx, before.id) : 0;
    const nothing = { refusals: [], warnings: [], withdrawnOffers, visit: null };
    const held = touches(change, TERMS) ? await this.assignments.findByJob(tx, before.id) : null;
    if (!held) return nothing;
    const { id: assignmentId, workerId, startsAt, arrivesAt, endsAt } = held;
    const visit = { assignmentId, workerId, from: { startsAt, arrivesAt, endsAt } };
    if (request.visit === 'release') {
      const released = { ...visit, change: 'released' as const, to: null, lateSeconds: 0, day: null };
      const begun = !['assigned', 'en_route'].includes(before.state);
      return { ...nothing, refusals: begun ? [`UNDER_WAY ${before.state}`] : [], visit: released };
    }
    const plan = await this.follow(tx, held, change);
    if (!plan) return { ...nothing, refusals: ['WORKER_ARCHIVED'] };
    const to = { startsAt: plan.startsAt, arrivesAt: plan.arrivesAt, endsAt: plan.endsAt };
    return {
      refusals: plan.refusals,
      warnings: plan.warnings,
      withdrawnOffers,
      visit: {
        ...visit,
        change: isSame(held, plan) ? 'same' : 'retimed',
        to,
        lateSeconds: plan.lateSeconds,
        day: plan.day,
      },
    };
  }

  async changed(tx: Tx, change: JobChange): Promise<void> {
    const { before, after } = change;
    if (touches(change, TERMS)) await this.moveVisit(tx, change);
    if (!OPEN_STATES.includes(before.state)) return;
    if (touches(change, SHOWN)) await this.offers.withdrawAndSearch(tx, after.id, 'the job has changed');
    // The search ends with the promise.
    if (touches(change, TIMES)) await this.workerSearch.start(tx, [after]);
  }

  private async moveVisit(tx: Tx, change: JobChange): Promise<void> {
    const { after, request } = change;
    const held = await this.assignments.findByJob(tx, after.id);
    if (!held) return;
    if (request.visit === 'release') {
      await this.jobs.transition(tx, { jobId: after.id, event: 'release', reason: 'the job has changed' });
      await this.assignments.syncWorkerStatus(tx, held.workerId);
      return;
    }
    const plan = await this.follow(tx, held, change);
    if (!plan || isSame(held, plan)) return;
    const { startsAt, arrivesAt, endsAt } = plan;
    await this.assignments.reschedule(tx, held, { startsAt, arrivesAt, endsAt, areaId: after.areaId });
    await this.assignments.syncWorkerStatus(tx, held.workerId);
  }

  private async follow(tx: Tx, held: Assignment, change: JobChange): Promise<MovePlan | null> {
    const { before, after, request } = change;
    const times = [held.startsAt, after.windowStart, request.visitStartsAt].filter((time) => time != null);
    const trial = await this.planner.of(tx, after, held.workerId, times);
    const as = await this.planner.of(tx, before, held.workerId, [held.startsAt]);
    if (!trial || !as) return null;
    return followChange({
      held,
      window: { windowStart: after.windowStart, windowEnd: after.windowEnd ?? after.dueAt },
      windowChanged: touches(change, TIMES),
      arrival: arrivalOf(change, held, trial, tx.now),
      underWay: after.state !== 'assigned',
      startsAt: request.visitStartsAt,
      known: as.at(held.startsAt, { arrivesAt: held.arrivesAt, beganAt: before.startedAt }).warnings,
      promised: trial.promised,
      at: trial.at,
      now: tx.now,
    });
  }

  private async end(
    tx: Tx,
    jobId: string,
    workerId: string | null,
    how: { state: 'done' | 'released'; reason: string | null },
  ): Promise<void> {
    await this.assignments.end(tx, jobId, how.state, how.reason ?? undefined);
    if (workerId) await this.assignments.syncWorkerStatus(tx, workerId);
  }
}

const isSame = (held: Assignment, plan: MovePlan): boolean =>
  (['startsAt', 'arrivesAt', 'endsAt'] as const).every(
    (name) => held[name].getTime() === plan[name].getTime(),
  );

/** The arrival at the present start: known or promised already, or worked out anew for another door. */
function arrivalOf(change: JobChange, held: Assignment, trial: MoveTrial, now: Date): UnderWay {
  const { arrivedAt, startedAt, state } = change.after;
  const begun = { arrivesAt: arrivedAt ?? held.arrivesAt, beganAt: startedAt };
  if (arrivedAt || !touches(change, ['lat', 'lon'])) return begun;
  const { arrivesAt } = trial.at(state === 'assigned' ? held.startsAt : now);
  return { ...begun, arrivesAt };
}
