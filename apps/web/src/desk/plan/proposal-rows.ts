import type { DayProposal, PlannedVisit } from '../../api/types';

/** A visit of the proposal, and how long the worker is free before setting off for it. */
export interface Visit extends PlannedVisit {
  /** Nobody sets off early only to wait at the door: waiting is free time before the way. */
  waitingSeconds: number;
}

/** One worker's day in the proposal. */
export interface DayRow {
  workerId: string;
  name: string;
  visits: Visit[];
  /** Assigned to this worker now, to another in the proposal. */
  away: PlannedVisit[];
  /** Assigned to this worker now and not in the proposal: they stay. */
  stays: string[];
  before: DayProposal['routes'][number]['before'];
  after: DayProposal['routes'][number]['after'];
  /** The jobs of this day that change. */
  changes: string[];
}

const ms = (text: string): number => Date.parse(text);

/** A row a worker, those whose day changes first, then by name. */
export function dayRows({ routes, stops }: DayProposal): DayRow[] {
  const placed = new Set(stops.map(({ jobId }) => jobId));
  const rows = routes.map(({ workerId, name, before, after }): DayRow => {
    const mine = stops.filter((stop) => stop.workerId === workerId).sort((a, b) => a.position - b.position);
    return {
      workerId,
      name,
      before,
      after,
      visits: mine.map((stop, i) => {
        const last = mine[i - 1];
        const waitingSeconds = last ? Math.max(0, (ms(stop.startsAt) - ms(last.endsAt)) / 1000) : 0;
        return { ...stop, waitingSeconds };
      }),
      away: stops.filter((stop) => stop.workerId !== workerId && stop.from?.workerId === workerId),
      stays: before.jobIds.filter((id) => !placed.has(id)),
      changes: mine.filter((stop) => stop.change !== 'same').map(({ jobId }) => jobId),
    };
  });
  const touched = (row: DayRow) => Number(row.changes.length + row.away.length > 0);
  return rows.sort((a, b) => touched(b) - touched(a) || a.name.localeCompare(b.name));
}

/** A job that found no place: kept from each of the nearest workers, or out of the plan as a whole. */
export interface Unplaced {
  jobId: string;
  priority: number;
  held: boolean;
  reasons: DayProposal['unassigned'][number]['reasons'];
  leftOut: DayProposal['leftOut'][number] | null;
}

/** The most urgent first; what stays where it is on purpose is not among them. */
export function unplacedJobs(
  { unassigned, leftOut }: DayProposal,
  jobOf: (id: string) => { priority: number; workerId: string | null } | undefined,
): Unplaced[] {
  const out = leftOut.filter(({ rule }) => rule !== 'PINNED');
  return [
    ...unassigned.map((job) => ({ ...job, leftOut: null })),
    ...out.map((one) => ({
      jobId: one.jobId,
      priority: jobOf(one.jobId)?.priority ?? 0,
      held: (jobOf(one.jobId)?.workerId ?? null) !== null,
      reasons: [],
      leftOut: one,
    })),
  ].sort((a, b) => b.priority - a.priority);
}

/** Seconds by which a visit begins later (or earlier, negative) than people were told. */
export const shiftSeconds = ({ from, endsAt }: PlannedVisit): number =>
  from ? (ms(endsAt) - ms(from.endsAt)) / 1000 : 0;

interface Promised {
  windowEnd: string | null;
  durationSeconds: number;
}

export interface Lateness {
  count: number;
  seconds: number;
}

/** Arrivals after the promised window among the planned visits: as the day is now, and as it would be. */
export function latenessOf(
  stops: readonly PlannedVisit[],
  jobOf: (id: string) => Promised | undefined,
): { before: Lateness; after: Lateness } {
  const before = { count: 0, seconds: 0 };
  const after = { count: 0, seconds: 0 };
  for (const stop of stops) {
    const job = jobOf(stop.jobId);
    if (!job?.windowEnd) continue;
    const until = ms(job.windowEnd);
    add(after, (ms(stop.arrivesAt) - until) / 1000);
    if (stop.from) add(before, (ms(stop.from.endsAt) - until) / 1000 - job.durationSeconds);
  }
  return { before, after };
}

function add(sum: Lateness, lateSeconds: number): void {
  // Less than a minute is rounding.
  if (lateSeconds < 60) return;
  sum.count += 1;
  sum.seconds += lateSeconds;
}
