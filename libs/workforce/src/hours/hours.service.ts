import { Injectable } from '@nestjs/common';
import { type Interval, Invalid, NotFound, newId } from '#kernel';
import type { Tx } from '#platform';
import { checkTimeZone } from '#territory';
import {
  type PromisedVisit,
  PromisedVisitsService,
  type VisitChoice,
} from '../workers/promised-visits.service.js';
import { WorkersService } from '../workers/workers.service.js';
import { shiftChanged } from '../workforce.facts.js';
import { SchedulesService } from './schedules.service.js';
import { Shift, ShiftException, TimeOff } from './shift.entity.js';
import { dayTouches } from './shift-intervals.js';

interface Hours {
  startMinute: number;
  endMinute: number;
}

export interface WorkerSchedule {
  weekly: (Hours & { weekday: number; timeZone: string })[];
  exceptions: { date: string; startMinute: number | null; endMinute: number | null; timeZone: string }[];
  timeOff: { id: string; from: Date; to: Date; reason: string }[];
  working: { from: Date; to: Date }[];
}

/** Longest stretch somebody may ask the working hours of, or take off. */
const LONGEST_RANGE_DAYS = 400;
const DAY_MS = 86_400_000;

/** Changes when workers work. Every change is a fact, so that dispatch looks again. */
@Injectable()
export class HoursService {
  constructor(
    private readonly workers: WorkersService,
    private readonly schedules: SchedulesService,
    private readonly visits: PromisedVisitsService,
  ) {}

  /** Replaces the weekly hours. @throws Invalid naming the entry */
  async setWeekly(
    tx: Tx,
    workerId: string,
    week: { timeZone: string; weekly: (Hours & { weekday: number })[]; visits?: VisitChoice },
  ): Promise<void> {
    const { timeZone, weekly, visits = 'keep' } = week;
    await this.workers.live(tx, workerId);
    checkTimeZone(timeZone);
    checkHours(weekly, 'weekly');
    const settle = await this.watch(tx, workerId, visits);
    await tx.repo(Shift).delete({ workerId });
    await tx
      .repo(Shift)
      .insert(weekly.map((hours) => ({ ...hours, id: newId(), orgId: tx.orgId, workerId, timeZone })));
    await settle('other hours');
    tx.record(shiftChanged(workerId, { workerId, what: 'weekly' }));
  }

  /** What holds on this one date instead of the weekly hours: these hours, none at all, or (null) the weekly ones again. */
  async setException(
    tx: Tx,
    workerId: string,
    date: string,
    change: { instead: { timeZone: string; hours: Hours[] } | null; visits?: VisitChoice },
  ): Promise<void> {
    const { instead, visits = 'keep' } = change;
    await this.workers.live(tx, workerId);
    if (
      !/^(19|20|21)\d\d-\d\d-\d\d$/.test(date) ||
      Number.isNaN(Date.parse(date)) ||
      utcDateOf(new Date(date)) !== date
    )
      throw Invalid.field('date', 'is not a day of the calendar', 'YYYY-MM-DD');
    const settle = await this.watch(tx, workerId, visits);
    await tx.repo(ShiftException).delete({ workerId, date });
    if (instead) {
      checkTimeZone(instead.timeZone);
      checkHours(instead.hours, 'hours');
      const hours = instead.hours.length > 0 ? instead.hours : [{ startMinute: null, endMinute: null }];
      const { timeZone } = instead;
      await tx
        .repo(ShiftException)
        .insert(hours.map((one) => ({ ...one, id: newId(), orgId: tx.orgId, workerId, date, timeZone })));
    }
    await settle('other hours');
    tx.record(shiftChanged(workerId, { workerId, what: 'exception' }));
  }

  async addTimeOff(
    tx: Tx,
    workerId: string,
    { from, to, reason, visits = 'ask' }: { from: Date; to: Date; reason: string; visits?: VisitChoice },
  ): Promise<{ id: string; from: Date; to: Date; reason: string }> {
    await this.workers.live(tx, workerId);
    checkRange(from, to);
    await this.visits.settle(tx, workerId, {
      isLost: ({ startsAt, endsAt }) => startsAt < to && endsAt > from,
      choice: visits,
      reason: 'on leave',
    });
    const id = newId();
    await tx
      .repo(TimeOff)
      .insert({ id, orgId: tx.orgId, workerId, fromAt: from, toAt: to, reason, createdAt: tx.now });
    tx.record(shiftChanged(workerId, { workerId, what: 'time_off' }));
    return { id, from, to, reason };
  }

  /** Remembers which promised visits lie within the hours; the answer settles those that no longer do. */
  private async watch(
    tx: Tx,
    workerId: string,
    choice: VisitChoice,
  ): Promise<(reason: string) => Promise<void>> {
    const visits = await this.visits.upcoming(tx, workerId);
    const [first] = visits;
    if (!first) return async () => undefined;
    const ends = visits.map(({ endsAt }) => endsAt.getTime());
    const range = { start: first.startsAt.getTime(), end: Math.max(...ends) };
    const shifts = async () => (await this.schedules.of(tx, [workerId], range)).get(workerId)!.shifts;
    const before = await shifts();
    return async (reason) => {
      const after = await shifts();
      const isLost = (visit: PromisedVisit) => within(before, visit) && !within(after, visit);
      await this.visits.settle(tx, workerId, { isLost, choice, reason });
    };
  }

  async removeTimeOff(tx: Tx, workerId: string, id: string): Promise<void> {
    const { affected } = await tx.repo(TimeOff).delete({ id, workerId });
    if (!affected) throw new NotFound('time off');
    tx.record(shiftChanged(workerId, { workerId, what: 'time_off' }));
  }

  async read(tx: Tx, workerId: string, from: Date, to: Date): Promise<WorkerSchedule> {
    checkRange(from, to);
    const range = { start: from.getTime(), end: to.getTime() };
    const { shifts } = (await this.schedules.of(tx, [workerId], range)).get(workerId)!;
    const weekly = await tx
      .repo(Shift)
      .find({ where: { workerId }, order: { weekday: 'ASC', startMinute: 'ASC' } });
    const near = await tx
      .repo(ShiftException)
      .createQueryBuilder('e')
      .where('e.worker_id = :workerId', { workerId })
      .andWhere('e.date BETWEEN :first AND :last', {
        first: utcDateOf(new Date(range.start - DAY_MS)),
        last: utcDateOf(new Date(range.end + DAY_MS)),
      })
      .orderBy('e.date')
      .addOrderBy('e.start_minute')
      .getMany();
    // A date is one of its own zone: it may be tomorrow there already.
    const exceptions = near.filter(({ date, timeZone }) => dayTouches(date, timeZone, range));
    const timeOff = await tx
      .repo(TimeOff)
      .createQueryBuilder('t')
      .where('t.worker_id = :workerId AND t.from_at < :to AND t.to_at > :from', { workerId, from, to })
      .orderBy('t.from_at')
      .getMany();
    return {
      weekly: weekly.map(({ weekday, startMinute, endMinute, timeZone }) => ({
        weekday,
        startMinute,
        endMinute,
        timeZone,
      })),
      exceptions: exceptions.map(({ date, startMinute, endMinute, timeZone }) => ({
        date,
        startMinute,
        endMinute,
        timeZone,
      })),
      timeOff: timeOff.map(({ id, fromAt, toAt, reason }) => ({ id, from: fromAt, to: toAt, reason })),
      working: shifts.map(({ start, end }) => ({ from: new Date(start), to: new Date(end) })),
    };
  }
}

const within = (shifts: readonly Interval[], { startsAt, endsAt }: PromisedVisit): boolean =>
  shifts.some(({ start, end }) => start <= startsAt.getTime() && endsAt.getTime() <= end);

const utcDateOf = (at: Date): string => at.toISOString().slice(0, 10);

function checkRange(from: Date, to: Date): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (!(days > 0 && days <= LONGEST_RANGE_DAYS))
    throw Invalid.field(
      'to',
      `must come after from, by at most ${LONGEST_RANGE_DAYS} days`,
      LONGEST_RANGE_DAYS,
    );
}

function checkHours(list: readonly Hours[], field: string): void {
  list.forEach(({ startMinute, endMinute }, i) => {
    if (endMinute <= startMinute || endMinute > startMinute + 1_440)
      throw Invalid.field(
        `${field}[${i}].endMinute`,
        'must come after startMinute, by at most 24 hours',
        1_440,
      );
  });
}
