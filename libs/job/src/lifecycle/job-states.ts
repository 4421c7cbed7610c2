/**
 * The one table of what may happen to a job. Services, routes, the phone's buttons and the documents all derive from it;
 * nothing else decides. No imports but the kernel: the web app loads this file.
 */
import { isBlank } from '#kernel';

export const JOB_STATES = [
  'unassigned',
  'offering',
  'assigned',
  'en_route',
  'arrived',
  'in_progress',
  'paused',
  'completed',
  'closed',
  'failed',
  'cancelled',
  'unfulfilled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

export const FAIL_REASONS = ['customer_absent', 'no_access', 'unsafe', 'wrong_scope', 'other'] as const;
export type FailReason = (typeof FAIL_REASONS)[number];

/** Who may do it: a signed-in role, or the system itself (rounds, deadlines, the arrival fence). */
export type JobActor = 'admin' | 'dispatcher' | 'area_manager' | 'worker' | 'system';

export interface JobEdge {
  from: readonly JobState[];
  /** `before_pause`: back to the state that the pause interrupted. */
  to: JobState | 'before_pause';
  /** `worker` always means the worker who holds the job. */
  by: readonly JobActor[];
  /** `free`: any words, but some. A list: one of these. Absent: none needed. */
  reason?: 'free' | readonly string[];
  /** What becomes of the holder: taken from the command, or let go. Absent: stays. */
  holder?: 'set' | 'clear';
  /** Everything in `proofRequired` must be there. */
  needsProof?: true;
  /** Only while `undoUntil` is ahead. */
  inUndoWindow?: true;
  /** The fact that is recorded. */
  fact: `job.${string}`;
}

const OFFICE = ['admin', 'dispatcher', 'area_manager'] as const;
const DISPATCH = [...OFFICE, 'system'] as const;
/** The desk may report what a worker says on the telephone. */
const FIELD = ['worker', ...OFFICE] as const;
const ANYONE = [...FIELD, 'system'] as const;

export const JOB_EDGES = {
  offer: { from: ['unassigned'], to: 'offering', by: DISPATCH, fact: 'job.offered' },
  withdraw: { from: ['offering'], to: 'unassigned', by: DISPATCH, fact: 'job.withdrawn' },
  assign: {
    from: ['unassigned', 'offering'],
    to: 'assigned',
    by: ANYONE,
    holder: 'set',
    fact: 'job.assigned',
  },
  release: {
    from: ['offering', 'assigned', 'en_route'],
    to: 'unassigned',
    by: ANYONE,
    reason: 'free',
    holder: 'clear',
    fact: 'job.released',
  },
  depart: { from: ['assigned'], to: 'en_route', by: FIELD, fact: 'job.departed' },
  arrive: {
    from: ['assigned', 'en_route'],
    to: 'arrived',
    by: ANYONE,
    fact: 'job.arrived',
  },
  undo_arrive: { from: ['arrived'], to: 'en_route', by: FIELD, fact: 'job.arrival_undone' },
  start: { from: ['arrived'], to: 'in_progress', by: FIELD, fact: 'job.started' },
  pause: {
    from: ['en_route', 'arrived', 'in_progress'],
    to: 'paused',
    by: FIELD,
    reason: 'free',
    fact: 'job.paused',
  },
  resume: { from: ['paused'], to: 'before_pause', by: FIELD, fact: 'job.resumed' },
  complete: { from: ['in_progress'], to: 'completed', by: FIELD, needsProof: true, fact: 'job.completed' },
  undo_complete: {
    from: ['completed'],
    to: 'in_progress',
    by: FIELD,
    inUndoWindow: true,
    fact: 'job.completion_undone',
  },
  fail: {
    from: ['assigned', 'en_route', 'arrived', 'in_progress', 'paused'],
    to: 'failed',
    by: FIELD,
    reason: FAIL_REASONS,
    fact: 'job.failed',
  },
  reattempt: { from: ['failed'], to: 'unassigned', by: OFFICE, holder: 'clear', fact: 'job.reattempted' },
  cancel: {
    from: [
      'unassigned',
      'offering',
      'assigned',
      'en_route',
      'arrived',
      'in_progress',
      'paused',
      'failed',
      'unfulfilled',
    ],
    to: 'cancelled',
    by: DISPATCH,
    reason: 'free',
    fact: 'job.cancelled',
  },
  expire: {
    from: ['unassigned', 'offering'],
    to: 'unfulfilled',
    by: ['system'],
    reason: 'free',
    fact: 'job.unfulfilled',
  },
  reopen: { from: ['unfulfilled'], to: 'unassigned', by: OFFICE, fact: 'job.reopened' },
  close: { from: ['completed'], to: 'closed', by: DISPATCH, fact: 'job.closed' },
} as const satisfies Record<string, JobEdge>;

export type JobEvent = keyof typeof JOB_EDGES;
export const JOB_EVENTS = Object.keys(JOB_EDGES) as JobEvent[];

export const edgeOf = (event: JobEvent): JobEdge => JOB_EDGES[event];

/** Nothing more can happen. */
export const TERMINAL_STATES: readonly JobState[] = ['closed', 'cancelled'];
/** Looking for a worker. */
export const OPEN_STATES: readonly JobState[] = ['unassigned', 'offering'];
/** What a dispatcher may put on a row: open work, and what nobody was found for. */
export const PLACEABLE_STATES: readonly JobState[] = [...OPEN_STATES, 'unfulfilled'];
/** A worker holds it and has work to do on it. */
export const HELD_STATES: readonly JobState[] = ['assigned', 'en_route', 'arrived', 'in_progress', 'paused'];

export interface JobPosture {
  state: JobState;
  pausedFrom?: JobState | null;
}

/** The state after `event`, or null when the table has no such edge. */
export function nextState(job: JobPosture, event: JobEvent): JobState | null {
  const edge = edgeOf(event);
  if (!edge.from.includes(job.state)) return null;
  if (edge.to !== 'before_pause') return edge.to;
  return job.pausedFrom ?? null;
}

export const mayFire = (actor: string, event: JobEvent): boolean =>
  (edgeOf(event).by as readonly string[]).includes(actor);

/** What `actor` could do next; the phone and the desk draw their buttons from this. */
export const eventsFor = (job: JobPosture, actor: JobActor): JobEvent[] =>
  JOB_EVENTS.filter((event) => mayFire(actor, event) && nextState(job, event) !== null);

/** `event` only takes something back, and the time for that is over. */
export const isTooLate = (event: JobEvent, undoUntil: Date | null, now: Date): boolean =>
  Boolean(edgeOf(event).inUndoWindow) && !(undoUntil && now <= undoUntil);

/** What is wrong with `reason` for `event`, or null. */
export function reasonProblem(event: JobEvent, reason: string | null | undefined): string | null {
  const { reason: wanted } = edgeOf(event);
  if (!wanted) return null;
  if (wanted === 'free') return reason && !isBlank(reason) ? null : 'a reason is required';
  return reason && wanted.includes(reason) ? null : `must be one of ${wanted.join(', ')}`;
}
