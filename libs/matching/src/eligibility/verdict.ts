import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import type { Leg } from './leg.js';

/** `id`: names of rows, which tell a reader nothing; `actual` and `limit` hold them, the line leaves them out. */
export type Unit = 'm' | 's' | 'tasks' | 'level' | 'instant' | 'name' | 'id';
export type Fact = number | string | string[] | null;

/** What a hard rule looks at. `now` is epoch milliseconds. */
export interface MatchContext {
  job: MatchJob;
  worker: MatchWorker;
  policy: MatchPolicy;
  leg: Leg;
  now: number;
}

/** What a rule measured. `subject` says which of several things (which skill, which tool) it is about. */
export interface Measure {
  ok: boolean;
  actual: Fact;
  limit: Fact;
  subject?: string;
}

/** A rule's answer for one pair, with the numbers that made it. `code` is stable: store it, translate it, count it. */
export interface Verdict extends Measure {
  rule: string;
  code: string;
  unit: Unit;
}

/** One hard rule. `breach` is how a failed comparison reads: `actual breach limit`. */
export interface HardRule {
  rule: string;
  /** What is said when it fails. */
  code: string;
  unit: Unit;
  breach: '>' | '<' | 'not in' | 'in' | 'lacks' | 'overlaps';
  /** The business reason, one line. */
  why: string;
  check(context: MatchContext): Measure;
}

/** The rule has nothing to say about this pair. */
export const passes: Measure = Object.freeze({ ok: true, actual: null, limit: null });

export function atMost(actual: number, limit: number, subject?: string): Measure {
  return subject === undefined
    ? { ok: actual <= limit, actual, limit }
    : { ok: actual <= limit, actual, limit, subject };
}

export function atLeast(actual: number, limit: number, subject?: string): Measure {
  return subject === undefined
    ? { ok: actual >= limit, actual, limit }
    : { ok: actual >= limit, actual, limit, subject };
}

/** Every needed name is held; the subject lists the missing ones. */
export function hasAll(held: readonly string[], needed: readonly string[]): Measure {
  if (needed.length === 0) return passes;
  const missing = needed.filter((name) => !held.includes(name));
  if (missing.length === 0) return { ok: true, actual: [...needed], limit: [...needed] };
  return { ok: false, actual: [...held], limit: [...needed], subject: missing.join(', ') };
}
