import { Injectable } from '@nestjs/common';
import { type Interval, overlaps } from '#kernel';
import type { Tx } from '#platform';
import { SchedulesService } from '../hours/schedules.service.js';
import type { HeldSkill } from './candidate.js';

const HOUR_MS = 3_600_000;
/** Organisations whose workers' details are kept. */
const MAX_ORGANIZATIONS = 200;

/** What of a worker seldom changes. */
export interface WorkerDetails {
  skills: HeldSkill[];
  /** Working hours within the asked range, time off taken out. */
  shifts: Interval[];
  timeOff: Interval[];
}

interface Kept {
  /** Changes with the rows behind the details (`workforce_stamps`). */
  stamp: string | null;
  range: Interval;
  details: Map<string, WorkerDetails>;
}

/**
 * Skills and hours of many workers. Each process keeps what it has read, and reads it again when the stamp is another or the
 * hour is over, so that a round asks nothing about workers of whom nothing has changed.
 */
@Injectable()
export class WorkerDetailsService {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly schedules: SchedulesService) {}

  /** `stamp` as it was before these rows are read: what changes meanwhile is read again the next time. */
  async of(
    tx: Tx,
    ids: readonly string[],
    { stamp, range }: { stamp: string | null; range: Interval },
  ): Promise<Map<string, WorkerDetails>> {
    const { details, range: wide } = this.keep(tx.orgId, stamp, range);
    const missing = ids.filter((id) => !details.has(id));
    if (missing.length > 0) {
      const skills = await this.skills(tx, missing);
      const hours = await this.schedules.of(tx, missing, wide);
      for (const id of missing) details.set(id, { skills: skills.get(id) ?? [], ...hours.get(id)! });
    }
    return new Map(
      ids.map((id) => {
        const { skills, shifts, timeOff } = details.get(id)!;
        return [
          id,
          { skills, shifts: within(shifts, range), timeOff: timeOff.filter((one) => overlaps(one, range)) },
        ];
      }),
    );
  }

  private keep(orgId: string, stamp: string | null, range: Interval): Kept {
    const known = this.kept.get(orgId);
    if (known?.stamp === stamp && known.range.start <= range.start && known.range.end >= range.end)
      return known;
    if (!known && this.kept.size >= MAX_ORGANIZATIONS) this.kept.delete(this.kept.keys().next().value!);
    const wide = { start: range.start - HOUR_MS, end: range.end + 2 * HOUR_MS };
    const fresh = { stamp, range: wide, details: new Map() };
    this.kept.set(orgId, fresh);
    return fresh;
  }

  private async skills(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldSkill[]>> {
    const rows = await tx.sql<{ worker_id: string; skill: string; level: number; valid_until: Date | null }>(
      `SELECT worker_id, skill, level, valid_until FROM worker_skills WHERE worker_id = ANY($1::uuid[]) ORDER BY skill`,
      [ids],
    );
    const byWorker = new Map<string, HeldSkill[]>();
    for (const { worker_id, skill, level, valid_until } of rows) {
      const held = { skill, level, validUntil: valid_until };
      const list = byWorker.get(worker_id);
      if (list) list.push(held);
      else byWorker.set(worker_id, [held]);
    }
    return byWorker;
  }
}

/** The parts of the intervals that lie in `range`. */
const within = (intervals: readonly Interval[], { start, end }: Interval): Interval[] =>
  intervals
    .map((one) => ({ start: Math.max(one.start, start), end: Math.min(one.end, end) }))
    .filter((one) => one.end > one.start);
