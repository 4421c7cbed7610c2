import { Injectable } from '@nestjs/common';
import { type Job, JobsService } from '#job';
import { Conflict, DomainError } from '#kernel';
import { checkVersion, type Tx, UnitOfWork } from '#platform';
import { type Effect, insertJob, tryMove } from '#routing';
import { TerritoryService } from '#territory';
import { boardSpan } from '../manual/board-span.js';
import { DayInputsService, type LoadedDay } from './day-inputs.service.js';
import type { InsertionChoiceView, InsertionsView, RefusalView } from './day-plan.dto.js';
import { type DayProblem, dayProblem, type LeftOut } from './day-problem.js';
import { lapsed, type ProposedStop, stopsOf } from './day-proposal.js';
import { localNeighbourhood } from './local-neighbourhood.js';
import { PlanApplyService } from './plan-apply.service.js';
import { presentPlan } from './present-plan.js';
import { TravelTimesService } from './travel-times.service.js';

const CHOICES = 5;
/** Ten minutes of driving are saved before anybody is disturbed. */
const MOVED_STOP_SECONDS = 600;

/** The part of a day that one job concerns, with the ways it will be judged by. */
interface DayOnRoads extends LoadedDay, DayProblem {}

export interface Insertion {
  jobId: string;
  workerId: string;
  expectedVersion?: number;
}

/** Where the job goes, and the day that this rests on. */
interface ChosenPlace extends Insertion {
  choice: InsertionChoiceView;
  seen: LoadedDay['seen'];
}

/** One job put into a day that runs: where it costs least, what that does to the others, and doing it. */
@Injectable()
export class InsertionsService {
  constructor(
    private readonly jobs: JobsService,
    private readonly territory: TerritoryService,
    private readonly inputs: DayInputsService,
    private readonly planApply: PlanApplyService,
    private readonly travelTimes: TravelTimesService,
    private readonly uow: UnitOfWork,
  ) {}

  /** Nothing is saved. @throws Conflict unless the job is open; NotFound */
  async preview(orgId: string, jobId: string): Promise<InsertionsView> {
    return choicesIn(await this.day(orgId, { jobId }), jobId);
  }

  /**
   * The best place for the job in a worker's day; `make` takes it. Asks the road server, so call it before there is a
   * transaction.
   */
  async choose(orgId: string, command: Insertion): Promise<ChosenPlace> {
    const { jobId, workerId } = command;
    const day = await this.day(orgId, command);
    const { choices, refused } = choicesIn(day, jobId);
    const choice = choices.find((one) => one.workerId === workerId) ?? placeWith(day, jobId, workerId);
    if (!choice) {
      const why = refused.find((one) => one.workerId === workerId);
      const message = why ? inWords(why) : 'no place in the day';
      throw new DomainError('NO_PLACE', 422, `The job does not fit into this worker's day: ${message}.`, {
        errors: [{ field: 'workerId', message }],
      });
    }
    return { ...command, choice, seen: day.seen };
  }

  /** Gives the job to the worker; the others of that day move as the preview says. @throws Conflict DAY_CHANGED */
  async make(tx: Tx, { jobId, expectedVersion, choice, seen }: ChosenPlace): Promise<InsertionChoiceView> {
    checkVersion(expectedVersion, (await this.openJob(tx, jobId)).version);
    const { skipped } = await this.planApply.make(tx, choice.stops, seen, { inserted: jobId });
    if (skipped.length > 0)
      throw new Conflict('DAY_CHANGED', 'The day has changed meanwhile; look again.', { skipped });
    return choice;
  }

  private async openJob(tx: Tx, jobId: string): Promise<Job> {
    const job = await this.jobs.get(tx, jobId);
    if (job.state !== 'unassigned' || !job.areaId)
      throw new Conflict(
        'ILLEGAL_TRANSITION',
        job.areaId ? 'Only unassigned jobs can be inserted.' : 'The job is outside all service areas.',
        { state: job.state, version: job.version },
      );
    return job;
  }

  /** The rest of the day on which the job is to be done. */
  private async day(
    orgId: string,
    { jobId, workerId, expectedVersion }: Partial<Insertion> & { jobId: string },
  ): Promise<DayOnRoads> {
    const estimated = await this.uow.run(orgId, async (tx) => {
      const job = await this.openJob(tx, jobId);
      checkVersion(expectedVersion, job.version);
      return this.estimated(tx, job, workerId);
    });
    return { ...estimated, problem: (await this.travelTimes.withTravelTimes(estimated.problem)).problem };
  }

  /** With ways by the straight line. */
  private async estimated(tx: Tx, job: Job, workerId?: string): Promise<DayOnRoads> {
    const { timeZone } = await this.territory.area(tx, job.areaId!);
    const wanted = job.windowStart && job.windowStart > tx.now ? job.windowStart : tx.now;
    const { date, span } = boardSpan(undefined, timeZone, wanted);
    const { input, seen } = await this.inputs.load(tx, {
      areaId: job.areaId!,
      date,
      span: { start: Math.max(span.start.getTime(), tx.now.getTime()), end: span.end.getTime() },
      keepDeskChoices: true,
      movedStopSeconds: MOVED_STOP_SECONDS,
      jobId: job.id,
    });
    const near = localNeighbourhood(input, job.id, workerId);
    return { input: near, seen, ...dayProblem(near) };
  }
}

function choicesIn(day: DayOnRoads, jobId: string): InsertionsView {
  const { problem, leftOut } = day;
  const left = leftOut.find((out) => out.jobId === jobId);
  if (left) return { choices: [], refused: [refusedBefore(left)] };
  const plan = presentPlan(problem, day.input);
  const found = insertJob(problem, plan, jobId, CHOICES);
  const choices: InsertionChoiceView[] = [];
  for (const { worker, cost, effect } of found.choices)
    choices.push(choiceOf(worker, cost, effect, day, jobId));
  if (choices.length === 0 && found.effect && found.worker)
    choices.push(choiceOf(found.worker, found.effect.delta.total, found.effect, day, jobId));
  return {
    choices,
    refused: (found.refused?.reasons ?? []).map(({ worker, ...reason }) => {
      const { rule, actual, limit, unit } = {
        ...reason,
        ...lapsed(day.lapsing.get(jobId)?.get(worker)),
      };
      return { workerId: worker, rule, measure: { actual, limit, unit } };
    }),
  };
}

/** What no search is needed for. */
const refusedBefore = ({ rule, detail }: LeftOut): RefusalView => ({
  workerId: rule === 'REQUIRED_WORKER_AWAY' ? detail : null,
  rule,
  measure: null,
});

const inWords = ({ rule, measure }: RefusalView): string =>
  measure ? `${rule} ${measure.actual} against ${measure.limit} ${measure.unit}` : rule;

/** A dearer place than the first few, for a worker who is named. */
function placeWith(day: DayOnRoads, jobId: string, workerId: string): InsertionChoiceView | null {
  const { problem } = day;
  const planned = (list: readonly { id: string }[], id: string) => list.some((one) => one.id === id);
  if (!planned(problem.workers, workerId) || !planned(problem.jobs, jobId)) return null;
  const move = tryMove(problem, presentPlan(problem, day.input), { job: jobId, worker: workerId });
  return move.ok ? choiceOf(workerId, move.effect.delta.total, move.effect, day, jobId) : null;
}

function choiceOf(
  workerId: string,
  cost: number,
  { routes, delta }: Effect,
  { input }: LoadedDay,
  jobId: string,
): InsertionChoiceView {
  const jobs = new Map(input.jobs.map((job) => [job.id, job]));
  const stops: ProposedStop[] = routes
    .flatMap(({ after }) => (after ? stopsOf(after, input, jobs) : []))
    .filter(({ change }) => change !== 'same');
  const metres = (side: 'before' | 'after') =>
    routes.reduce((sum, route) => sum + (route[side]?.facts.travelMetres ?? 0), 0);
  return {
    workerId,
    name: input.workers.find(({ id }) => id === workerId)?.name ?? '',
    cost: Math.round(cost),
    extraTravelSeconds: Math.round(delta.travel),
    extraTravelMetres: Math.round(metres('after') - metres('before')),
    stop: stops.find((stop) => stop.jobId === jobId) ?? null,
    stops,
  };
}
