import { JOB_EVENTS, type JobEvent, type JobState, nextState } from '#libs/job/src/lifecycle/job-states';
import type { LogEntry } from './entry';

/** As much of a job as the phone's own steps change. */
export interface JobSeen {
  id: string;
  state: JobState;
  stateSince: string;
  pausedFrom: JobState | null;
  failReason: string | null;
  completedAt: string | null;
}

const isJobEvent = (kind: string): kind is JobEvent => (JOB_EVENTS as string[]).includes(kind);

/** Entries that count as done on this phone though the server has not said so yet. */
export const counts = (entry: LogEntry): boolean => entry.state !== 'rejected';

/**
 * The job as the worker left it: what the server last said, and on top of it every own step that is on its way, by the
 * server's own table. A step that is impossible by now changes nothing here; the server will say what becomes of it.
 */
export function overlay<J extends JobSeen>(job: J, entries: readonly LogEntry[]): J {
  let seen = job;
  for (const entry of inOrder(entries)) {
    if (entry.jobId !== job.id || entry.type !== 'operation' || !counts(entry)) continue;
    if (!isJobEvent(entry.kind)) continue;
    const state = nextState(seen, entry.kind);
    if (state === null) continue;
    seen = {
      ...seen,
      state,
      stateSince: entry.occurredAt,
      pausedFrom: entry.kind === 'pause' ? seen.state : null,
      failReason: entry.kind === 'fail' ? (entry.reason ?? null) : seen.failReason,
      completedAt: state === 'completed' ? entry.occurredAt : null,
    };
  }
  return seen;
}

export const inOrder = <E extends { seq: number }>(entries: readonly E[]): E[] =>
  entries.toSorted((a, b) => a.seq - b.seq);

/** How many wait to be sent. */
export const unsentCount = (entries: readonly LogEntry[]): number => entries.filter(counts).length;
