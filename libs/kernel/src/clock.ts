/**
 * What time is it? Everything that decides asks a Clock, so that tests, replays and the demo can own the time.
 * Security (token expiry, rate limits) always asks the wall instead.
 */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that only moves when told to. */
export class FakeClock implements Clock {
  private ms: number;

  constructor(start: Date | string = '2026-03-02T08:00:00Z') {
    this.ms = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.ms);
  }

  set(at: Date | string): void {
    this.ms = new Date(at).getTime();
  }

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): Date {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = by;
    this.ms += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
    return this.now();
  }
}
