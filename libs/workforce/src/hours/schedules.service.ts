import { Injectable } from '@nestjs/common';
import type { Interval } from '#kernel';
import type { Tx } from '#platform';
import { type ExceptionHours, shiftIntervals, type WeeklyHours } from './shift-intervals.js';

interface Hours {
  shifts: Interval[];
  timeOff: Interval[];
}

interface Parts {
  weekly: WeeklyHours[];
  exceptions: ExceptionHours[];
  timeOff: Interval[];
}

/** When workers work, from weekly hours, exceptions and time off. */
@Injectable()
export class SchedulesService {
  /** Three statements, however many workers; every id is in the answer. */
  async of(tx: Tx, workerIds: readonly string[], range: Interval): Promise<Map<string, Hours>> {
    const parts = new Map<string, Parts>(
      workerIds.map((id) => [id, { weekly: [], exceptions: [], timeOff: [] }]),
    );
    const [from, to] = [new Date(range.start), new Date(range.end)];
    for (const row of await tx.sql<WeeklyHours & { workerId: string }>(
      `SELECT worker_id AS "workerId", weekday, start_minute AS "startMinute", end_minute AS "endMinute",
              time_zone AS "timeZone"
       FROM shifts WHERE worker_id = ANY($1::uuid[])`,
      [workerIds],
    ))
      parts.get(row.workerId)?.weekly.push(row);
    for (const row of await tx.sql<ExceptionHours & { workerId: string }>(
      `SELECT worker_id AS "workerId", to_char(date, 'YYYY-MM-DD') AS date, start_minute AS "startMinute",
              end_minute AS "endMinute", time_zone AS "timeZone"
       FROM shift_exceptions
       WHERE worker_id = ANY($1::uuid[]) AND date BETWEEN ($2::timestamptz)::date - 3 AND ($3::timestamptz)::date + 3`,
      [workerIds, from, to],
    ))
      parts.get(row.workerId)?.exceptions.push(row);
    for (const row of await tx.sql<{ workerId: string; from_at: Date; to_at: Date }>(
      `SELECT worker_id AS "workerId", from_at, to_at FROM time_off
       WHERE worker_id = ANY($1::uuid[]) AND from_at < $3 AND to_at > $2 ORDER BY from_at`,
      [workerIds, from, to],
    ))
      parts.get(row.workerId)?.timeOff.push({ start: row.from_at.getTime(), end: row.to_at.getTime() });
    return new Map(
      [...parts].map(([id, schedule]) => [
        id,
        { shifts: shiftIntervals(schedule, range), timeOff: schedule.timeOff },
      ]),
    );
  }
}
