import type { GeoPoint, Interval } from '#kernel';
import type { MatchWorker } from '#matching';
import { fixAt, fixCount, type RecordedWorker } from './recorded-day.js';

/** Fixes were thinned to one a minute; none counts as older than it was. */
const THINNED_MS = 60_000;
const DAY_MS = 86_400_000;
/** Work that starts later than this does not yet block other work. */
const SOON_MS = 1_800_000;

interface Held extends Interval {
  point: GeoPoint;
  jobId: string;
}

/** One worker on the replayed day. Their position and jobs follow from the replay's own decisions. */
export class ReplayedWorker {
  private held: Held[] = [];
  private asked: { jobId: string; until: number; since: number } | null = null;
  private done = 0;
  private lastAssignedAt: number | null = null;
  /** Where the last replayed job was; from then on recorded fixes tell of another day. */
  private left: GeoPoint | null = null;
  private fix = -1;

  constructor(private readonly recorded: RecordedWorker) {}

  get id(): string {
    return this.recorded.id;
  }

  onDutyAt(now: number): boolean {
    return this.recorded.onDuty.some(({ start, end }) => start <= now && now < end);
  }

  /** At the job limit, or has a pending offer. */
  full(now: number, maxOpenAssignments: number): boolean {
    this.forget(now);
    const limit = Math.min(maxOpenAssignments, this.recorded.maxOpenAssignments ?? maxOpenAssignments);
    const soon = this.held.filter(({ start }) => start <= now + SOON_MS);
    return this.asked !== null || soon.length >= limit;
  }

  free(now: number): boolean {
    this.forget(now);
    return this.onDutyAt(now) && !this.current(now) && this.asked === null;
  }

  ask(jobId: string, since: number, until: number): void {
    this.asked = { jobId, since, until };
  }

  answered(jobId: string): void {
    if (this.asked?.jobId === jobId) this.asked = null;
  }

  take(held: Held, now: number): void {
    this.held.push(held);
    this.held.sort((a, b) => a.start - b.start);
    this.done += 1;
    this.lastAssignedAt = now;
  }

  /** Input for the matching engine; null = not on duty. */
  at(now: number): MatchWorker | null {
    this.forget(now);
    if (!this.onDutyAt(now)) return null;
    const last = this.current(now);
    const busy: Interval[] = this.held.map(({ start, end }) => ({ start, end }));
    if (this.asked) busy.push({ start: this.asked.since, end: this.asked.until });
    return {
      ...this.recorded.base,
      status: last ? 'busy' : 'available',
      position: this.position(now),
      busy,
      nextFree: last ? { point: last.point, at: Math.max(last.end, now) } : null,
      nextStop: null,
      tasksToday: this.done,
      lastAssignedAt: this.lastAssignedAt,
    };
  }

  private current(now: number): Held | undefined {
    return this.held.filter(({ start }) => start <= now).at(-1);
  }

  private position(now: number): MatchWorker['position'] {
    if (this.left) return { lat: this.left.lat, lon: this.left.lon, fixedAt: now, accuracyMetres: null };
    const { fixes } = this.recorded;
    while (this.fix + 1 < fixCount(fixes) && fixAt(fixes, this.fix + 1).at <= now) this.fix += 1;
    if (this.fix < 0) return null;
    const fix = fixAt(fixes, this.fix);
    if (now - fix.at > DAY_MS) return null;
    return {
      lat: fix.lat,
      lon: fix.lon,
      fixedAt: Math.min(now, fix.at + THINNED_MS),
      accuracyMetres: fix.accuracyMetres,
    };
  }

  /** Removes finished work; the worker waits where it was. */
  private forget(now: number): void {
    while (this.held[0] && this.held[0].end <= now) this.left = this.held.shift()!.point;
    if (this.asked && this.asked.until <= now) this.asked = null;
  }
}
