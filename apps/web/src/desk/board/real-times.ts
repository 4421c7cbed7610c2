import type { BoardAssignment } from '../../api/types';

/** Where a visit stands on the board, epoch milliseconds: setting off, arriving, and the end. */
export interface RealTimes {
  startsAt: number;
  arrivesAt: number;
  endsAt: number;
  /** Not planned any more: it has begun, or is over. */
  begun: boolean;
  /** Milliseconds that it runs longer than promised, as of now. */
  over: number;
}

type Visit = Pick<BoardAssignment, 'startsAt' | 'arrivesAt' | 'endsAt'> & {
  job: Pick<
    BoardAssignment['job'],
    'state' | 'stateSince' | 'durationSeconds' | 'departedAt' | 'arrivedAt' | 'startedAt' | 'completedAt'
  >;
};

const AT_WORK = new Set(['arrived', 'in_progress', 'paused']);
const OVER = new Set(['completed', 'closed', 'failed', 'cancelled']);
export const isOver = (state: string): boolean => OVER.has(state);
const time = (text: string | null) => (text === null ? null : Date.parse(text));

/**
 * What really happened as far as it has, and the plan for the rest. A visit begins when somebody came and ends when they were
 * done; one that is under way and should be over grows to now.
 */
export function realTimes(visit: Visit, now: number): RealTimes {
  const { job } = visit;
  const planned = {
    startsAt: Date.parse(visit.startsAt),
    arrivesAt: Date.parse(visit.arrivesAt),
    endsAt: Date.parse(visit.endsAt),
  };
  const [departed, arrived, started] = [job.departedAt, job.arrivedAt, job.startedAt].map(time);
  const begun = departed ?? arrived ?? started ?? null;
  if (begun === null || job.state === 'assigned') return { ...planned, begun: false, over: 0 };
  const travel = planned.arrivesAt - planned.startsAt;
  const there = arrived ?? started ?? Math.max(begun + travel, OVER.has(job.state) ? begun : now);
  const arrivesAt = Math.max(begun, there);
  const expected = (started ?? arrivesAt) + job.durationSeconds * 1_000;
  const ended = OVER.has(job.state) ? (time(job.completedAt) ?? Date.parse(job.stateSince)) : null;
  const endsAt = Math.max(arrivesAt, ended ?? (AT_WORK.has(job.state) ? Math.max(expected, now) : expected));
  return { startsAt: begun, arrivesAt, endsAt, begun: true, over: Math.max(0, endsAt - planned.endsAt) };
}
