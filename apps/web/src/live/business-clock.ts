/** The server's business time, which may run faster than the wall in a demo. Security time is never asked here. */
let base = { now: Date.now(), at: performance.now(), speed: 1 };

export const businessClock = {
  set(now: string | number | Date, speed: number): void {
    base = { now: new Date(now).getTime(), at: performance.now(), speed };
  },
  /** Milliseconds since 1970, as the server sees it. */
  now: (): number => base.now + (performance.now() - base.at) * base.speed,
  speed: (): number => base.speed,
};
