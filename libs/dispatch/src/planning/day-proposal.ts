import { type CodedMessage, codedMessage } from '#kernel';
import type { PlannedRoute, RoutingPlan, RoutingProblem } from '#routing';
import type { Lapse, Lapsing } from '../assignments/keep-certificates.js';
import type { DayInput, DayJob, LeftOut, Pin } from './day-problem.js';
import { type DayRoute, presentRoutes } from './present-routes.js';
import { preserveTimes, type TimedStop } from './preserve-times.js';

/** One planned visit. Times are ISO instants; what changes is said against the present. */
export interface ProposedStop {
  jobId: string;
  workerId: string;
  /** 0 = the first of the worker's planned stops. */
  position: number;
  startsAt: string;
  arrivesAt: string;
  endsAt: string;
  travelSeconds: number;
  travelMetres: number;
  /** By how much everything from here on may slip before a promise breaks. */
  slackSeconds: number;
  change: 'new' | 'moved' | 'retimed' | 'same';
  pinned: Pin | null;
  from: { workerId: string; startsAt: string; endsAt: string } | null;
}

export interface DayTotals {
  stops: number;
  unassigned: number;
  workers: number;
  travelSeconds: number;
  travelMetres: number;
}

export interface ProposedUnassigned {
  jobId: string;
  priority: number;
  /** Held today but not placed by the plan: it stays where it is. */
  held: boolean;
  reasons: {
    workerId: string;
    rule: string;
    actual: number | string;
    limit: number | string;
    unit: string;
    travelSeconds: number;
  }[];
}

export interface RouteChange {
  workerId: string;
  name: string;
  before: DayRoute;
  after: DayRoute;
}

export interface DayProposal {
  stops: ProposedStop[];
  routes: RouteChange[];
  totals: { before: DayTotals; after: DayTotals };
  unassigned: ProposedUnassigned[];
  leftOut: LeftOut[];
  /** How each planned job looked when it was planned, to tell later whether it has changed. */
  seen: Record<string, string>;
  assumptions: CodedMessage[];
}

/** What adding up fractions of seconds leaves behind is no second. */
const NOISE = 1e-6;

/** Shifts of less than this are not worth telling anybody. */
const SAME_MS = 60_000;

/** Where travel times come from; `reason`: why a road service that is set up did not serve. */
export type TravelSource = { by: 'road' } | { by: 'straight_line'; reason: string | null };

export interface Planned {
  problem: RoutingProblem;
  ways: TravelSource;
  plan: RoutingPlan | null;
  leftOut: LeftOut[];
  lapsing: Lapsing;
  seen: Record<string, string>;
}

/** The engine's plan beside the present: who gets what, what moves, and what it saves. */
export function dayProposal(input: DayInput, planned: Planned): DayProposal {
  const { plan, problem, leftOut, seen } = planned;
  const jobs = new Map(input.jobs.map((job) => [job.id, job]));
  const after = (plan?.routes ?? []).map((route) => ({
    workerId: route.worker,
    stops: stopsOf(route, input, jobs),
  }));
  const before = presentRoutes(input, problem, leftOut);
  const stops = after.flatMap((route) => route.stops);
  const ids = [...new Set([...before.keys(), ...after.map(({ workerId }) => workerId)])];
  const names = new Map(input.workers.map(({ id, name }) => [id, name]));
  const routes = ids.map((workerId): RouteChange => {
    const mine = after.find((route) => route.workerId === workerId)?.stops ?? [];
    return {
      workerId,
      name: names.get(workerId) ?? '',
      before: before.get(workerId) ?? { jobIds: [], travelSeconds: 0, travelMetres: 0 },
      after: {
        jobIds: mine.map(({ jobId }) => jobId),
        travelSeconds: sum(mine.map((stop) => stop.travelSeconds)),
        travelMetres: sum(mine.map((stop) => stop.travelMetres)),
      },
    };
  });
  const inPlan = input.jobs.filter(({ id }) => !leftOut.some(({ jobId }) => jobId === id));
  const totals = (side: 'before' | 'after'): DayTotals => ({
    stops: sum(routes.map((route) => route[side].jobIds.length)),
    unassigned: inPlan.length - sum(routes.map((route) => route[side].jobIds.length)),
    workers: routes.filter((route) => route[side].jobIds.length > 0).length,
    travelSeconds: sum(routes.map((route) => route[side].travelSeconds)),
    travelMetres: sum(routes.map((route) => route[side].travelMetres)),
  });
  return {
    stops,
    routes,
    totals: { before: totals('before'), after: totals('after') },
    unassigned: (plan?.unassigned ?? []).map(({ job, priority, reasons }) => ({
      jobId: job,
      priority,
      held: jobs.get(job)?.held != null,
      reasons: reasons.map(({ worker, ...reason }) => ({
        workerId: worker,
        ...reason,
        ...lapsed(planned.lapsing.get(job)?.get(worker)),
      })),
    })),
    leftOut,
    seen,
    assumptions: assumptionsOf(input, planned.ways),
  };
}

/** The engine knows of a lapsing certificate only that the worker is blocked. */
export const lapsed = (lapse: Lapse | undefined) =>
  lapse && {
    rule: 'SKILL_EXPIRED',
    actual: new Date(lapse.expiresAt).toISOString(),
    limit: lapse.skill,
    unit: 'certificate',
  };

/** The stops of one planned route, at the times people were told wherever these still work. */
export function stopsOf(
  route: PlannedRoute,
  input: DayInput,
  jobs: ReadonlyMap<string, DayJob>,
): ProposedStop[] {
  const planned = route.stops.filter((stop) => stop.kind === 'job');
  // Whole seconds, rounded up once: later stops are chained to these, so that neighbours can never overlap.
  const at = (seconds: number) => input.origin + Math.ceil(seconds - NOISE) * 1_000;
  const overheadMs = input.travel.overheadSeconds * 1_000;
  const timed = planned.map((stop): TimedStop => {
    const { held } = jobs.get(stop.job!)!;
    const workMs = Math.round(stop.end - stop.start) * 1_000;
    return {
      wayMs: Math.ceil(stop.travelSeconds) * 1_000 + overheadMs,
      startAt: at(stop.start),
      workMs,
      heldStartAt: held?.workerId === route.worker ? held.endsAt - workMs : null,
      closesAt: input.origin + Math.floor(stop.start + stop.slackSeconds + NOISE) * 1_000,
    };
  });
  const hours = input.workers.find(({ id }) => id === route.worker)?.shifts ?? [];
  // Between two stretches of a shift the engine alone knows what fits.
  const starts =
    hours.length > 1
      ? timed.map(({ startAt }) => startAt)
      : preserveTimes(timed, Math.min(input.span.end, hours[0]?.end ?? input.span.end));
  let freeAt = Number.NEGATIVE_INFINITY;
  return planned.map((stop, position) => {
    const job = jobs.get(stop.job!)!;
    const { wayMs, workMs, startAt } = timed[position]!;
    const begins = starts[position]!;
    const iso = (ms: number) => new Date(ms).toISOString();
    // Nobody sets off early only to wait at the door, nor before they are done at the last one.
    const setsOff = Math.max(freeAt, begins - wayMs);
    freeAt = begins + workMs;
    const times = { startsAt: iso(setsOff), arrivesAt: iso(begins), endsAt: iso(freeAt) };
    return {
      jobId: job.id,
      workerId: route.worker,
      position,
      ...times,
      travelSeconds: Math.round((begins - setsOff) / 1_000),
      travelMetres: Math.round(stop.travelMetres),
      slackSeconds: Math.round(Math.min(stop.slackSeconds - (begins - startAt) / 1_000, 86_400)),
      change: changeOf(job, route.worker, times),
      pinned: job.pinned,
      from: job.held && {
        workerId: job.held.workerId,
        startsAt: iso(job.held.startsAt),
        endsAt: iso(job.held.endsAt),
      },
    };
  });
}

function changeOf(
  { held, pinned }: DayJob,
  workerId: string,
  at: { startsAt: string; endsAt: string },
): ProposedStop['change'] {
  if (!held) return 'new';
  if (held.workerId !== workerId) return 'moved';
  // Its arrival is locked; when to set off for it is left to whoever fixed it.
  if (pinned) return 'same';
  const apart = (a: number, b: string) => Math.abs(a - Date.parse(b));
  return Math.max(apart(held.startsAt, at.startsAt), apart(held.endsAt, at.endsAt)) < SAME_MS
    ? 'same'
    : 'retimed';
}

function assumptionsOf({ workers, travel }: DayInput, ways: TravelSource): CodedMessage[] {
  const lost = workers.filter(({ position }) => position === null).length;
  const said = waysOf(travel, ways);
  said.push(
    codedMessage(
      'BEGIN_WHERE_SEEN',
      'Everybody begins where their phone was last seen, or where the work under way ends.',
    ),
  );
  if (lost > 0) {
    const detail = `${lost} workers of whom nothing is known begin at the centre of the area.`;
    said.push(codedMessage('BEGIN_AT_CENTRE', detail, { workers: lost }));
  }
  return said;
}

function waysOf(travel: DayInput['travel'], ways: TravelSource): CodedMessage[] {
  const { detourFactor, overheadSeconds } = travel;
  if (ways.by === 'road')
    return [
      codedMessage('WAYS_BY_ROAD', `Ways are by road, plus ${overheadSeconds} s each.`, { overheadSeconds }),
    ];
  const kmPerHour = Math.round(travel.speedMetresPerSecond * 3.6);
  const estimate = `straight line x ${detourFactor} at ${kmPerHour} km/h, plus ${overheadSeconds} s each`;
  const values = { detourFactor, kmPerHour, overheadSeconds };
  const said: CodedMessage[] = [codedMessage('WAYS_ESTIMATED', `Ways are estimated: ${estimate}.`, values)];
  const { reason } = ways;
  if (reason !== null)
    said.push(codedMessage('NO_ANSWER_BY_ROAD', `The road service did not serve: ${reason}.`, { reason }));
  return said;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
