import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Job, JobsService } from '#job';
import { Conflict, Invalid } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { type Candidate, WorkforceService } from '#workforce';
import { Assignment } from '../assignments/assignment.entity.js';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { seenOf } from './day-inputs.service.js';
import { aboutPlan, type DayPlan, type PlanOutcome } from './day-plan.entity.js';
import { DayPlansService } from './day-plans.service.js';
import type { ProposedStop } from './day-proposal.js';
import { planApplied } from './plan.facts.js';
import { type SkippedStop, validateStops } from './validate-stops.js';

const ATTEMPTS = 3;
/** Rounding to whole seconds is no overtime. */
const SLACK_MS = 1_000;

/** Makes a proposal true, in all or in part: what has changed meanwhile is left alone, with the reason. */
@Injectable()
export class PlanApplyService {
  constructor(
    private readonly plans: DayPlansService,
    private readonly jobs: JobsService,
    private readonly workforce: WorkforceService,
    private readonly assignments: AssignmentsService,
  ) {}

  /** `jobIds` absent: all that changes. @throws Conflict for a plan that is not proposed; Invalid for unknown stops. */
  async apply(
    tx: Tx,
    command: { planId: string; jobIds?: string[]; expectedVersion?: number },
  ): Promise<{ plan: DayPlan } & PlanOutcome> {
    const plan = await this.plans.lock(tx, command.planId);
    checkVersion(command.expectedVersion, plan.version);
    if (!['proposed', 'partly_applied'].includes(plan.state) || !plan.proposal)
      throw new Conflict('ILLEGAL_TRANSITION', `A plan that is ${plan.state} cannot be applied.`, {
        state: plan.state,
      });
    const earlier = plan.outcome?.applied ?? [];
    const changes = plan.proposal.stops.filter((stop) => stop.change !== 'same');
    const wanted = pick(changes, command.jobIds).filter(({ jobId }) => !earlier.includes(jobId));
    const { applied, skipped } = await this.make(tx, wanted, plan.proposal.seen, { planId: plan.id });
    const outcome = {
      applied: [...earlier, ...applied],
      skipped: [
        ...(plan.outcome?.skipped ?? []).filter(({ jobId }) => !wanted.some((stop) => stop.jobId === jobId)),
        ...skipped,
      ],
    };
    const whole = outcome.applied.length === changes.length;
    await this.plans.save(tx, plan, { state: whole ? 'applied' : 'partly_applied', outcome });
    tx.record(
      planApplied(plan.id, { ...aboutPlan(plan), applied: applied.length, skipped: skipped.length, whole }),
    );
    return { plan, applied, skipped };
  }

  /** Turns stops into assignments. Also for a single job that is put into a running day. */
  async make(
    tx: Tx,
    wanted: readonly ProposedStop[],
    seen: Readonly<Record<string, string>>,
    reasons: Record<string, unknown>,
  ): Promise<PlanOutcome> {
    const locked = await this.jobs.lockAll(
      tx,
      wanted.map(({ jobId }) => jobId),
    );
    const jobs = new Map(locked.map((job) => [job.id, job]));
    for (let attempt = 1; ; attempt++) {
      const { apply, skipped } = await this.fit(tx, wanted, { jobs, seen });
      try {
        await tx.attempt(() => this.makeTrue(tx, apply, { jobs, reasons }));
        return { applied: apply.map(({ jobId }) => jobId), skipped };
      } catch (error) {
        // A worker was promised elsewhere in this very moment: what meets that is skipped with its reason.
        const met = error instanceof Conflict && error.code === 'WORKER_BUSY';
        if (!met || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async fit(
    tx: Tx,
    wanted: readonly ProposedStop[],
    { jobs, seen }: { jobs: ReadonlyMap<string, Job>; seen: Readonly<Record<string, string>> },
  ): Promise<{ apply: ProposedStop[]; skipped: SkippedStop[] }> {
    const workerIds = [...new Set(wanted.map(({ workerId }) => workerId))];
    return validateStops(wanted, {
      now: tx.now,
      jobs: new Map(
        [...jobs].map(([id, job]) => [id, { seen: seenOf(job), state: job.state, workerId: job.workerId }]),
      ),
      seen,
      holdings: await this.holdings(tx, workerIds),
      workers: await this.present(tx, wanted, jobs),
    });
  }

  private async makeTrue(
    tx: Tx,
    stops: readonly ProposedStop[],
    { jobs, reasons }: { jobs: ReadonlyMap<string, Job>; reasons: Record<string, unknown> },
  ): Promise<void> {
    await this.clear(tx, stops);
    const touched = new Set<string>();
    for (const stop of stops) {
      await this.put(tx, stop, jobs.get(stop.jobId)!.areaId, reasons);
      touched.add(stop.workerId).add(stop.from?.workerId ?? stop.workerId);
    }
    for (const workerId of [...touched].sort()) await this.assignments.syncWorkerStatus(tx, workerId);
  }

  private holdings(tx: Tx, workerIds: string[]): Promise<Assignment[]> {
    return tx.repo(Assignment).findBy({ workerId: In(workerIds), state: In(['confirmed', 'active']) });
  }

  /** Hours, leave and certificates may have changed since the plan was made. */
  private async present(
    tx: Tx,
    stops: readonly ProposedStop[],
    jobs: ReadonlyMap<string, Job>,
  ): Promise<Map<string, (stop: ProposedStop) => 'OFF_HOURS' | 'CANNOT_DO' | null>> {
    const times = stops.flatMap(({ startsAt, endsAt }) => [Date.parse(startsAt), Date.parse(endsAt)]);
    if (times.length === 0) return new Map();
    const candidates = await this.workforce.candidates(tx, {
      workerIds: [...new Set(stops.map(({ workerId }) => workerId))],
      statuses: 'any',
      range: { start: Math.min(...times) - SLACK_MS, end: Math.max(...times) + SLACK_MS },
    });
    return new Map(
      candidates
        .filter(({ status }) => status !== 'suspended')
        .map((candidate) => [
          candidate.id,
          (stop) => {
            if (!worksThen(candidate, stop)) return 'OFF_HOURS';
            return masters(candidate, jobs.get(stop.jobId)!, stop) ? null : 'CANNOT_DO';
          },
        ]),
    );
  }

  /** Takes everything that moves out of the way first, so that two stops may change places. */
  private async clear(tx: Tx, stops: readonly ProposedStop[]): Promise<void> {
    for (const { jobId, change } of stops) {
      if (change !== 'moved') continue;
      await this.assignments.end(tx, jobId, 'released', 'moved by a plan');
      await this.jobs.transition(tx, { jobId, event: 'release', reason: 'moved by a plan' });
    }
    await tx.sql(
      `UPDATE assignments SET state = 'proposed' WHERE org_id = $1 AND job_id = ANY($2::uuid[]) AND state = 'confirmed'`,
      [tx.orgId, stops.filter(({ change }) => change === 'retimed').map(({ jobId }) => jobId)],
    );
  }

  private async put(tx: Tx, stop: ProposedStop, areaId: string | null, reasons: object): Promise<void> {
    const { jobId, workerId, change, travelSeconds, travelMetres } = stop;
    const times = {
      startsAt: new Date(stop.startsAt),
      arrivesAt: new Date(stop.arrivesAt),
      endsAt: new Date(stop.endsAt),
    };
    const why = { ...reasons, why: 'a plan of the day', travelSeconds, travelMetres };
    const held = change === 'retimed' ? await this.assignments.findByJob(tx, jobId) : null;
    if (held) await this.assignments.reschedule(tx, held, { ...times, areaId, reasons: why });
    else await this.assignments.assign(tx, { jobId, workerId, source: 'plan', ...times, reasons: why });
  }
}

/** @throws Invalid naming the first stop that the proposal does not change. */
function pick(changes: ProposedStop[], jobIds: string[] | undefined): ProposedStop[] {
  if (!jobIds) return changes;
  const known = new Map(changes.map((stop) => [stop.jobId, stop]));
  return [...new Set(jobIds)].map((id, i) => {
    const stop = known.get(id);
    if (!stop) throw Invalid.field(`jobIds[${i}]`, 'is not a stop that this plan changes');
    return stop;
  });
}

const worksThen = ({ shifts }: Candidate, { arrivesAt, endsAt }: ProposedStop): boolean =>
  shifts.some(({ start, end }) => start <= Date.parse(arrivesAt) && Date.parse(endsAt) <= end + SLACK_MS);

const masters = ({ skills }: Candidate, job: Job, { endsAt }: ProposedStop): boolean =>
  job.skills.every((need) =>
    skills.some(
      ({ skill, level, validUntil }) =>
        skill === need.skill && level >= (need.level ?? 1) && (!validUntil || validUntil >= new Date(endsAt)),
    ),
  );
