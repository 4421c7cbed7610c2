import type { Instance } from '../instance/instance.js';
import type { RouteClock } from '../schedule/clock.js';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * What ties routes to each other, cut into bounds of single tasks (temporal decoupling, Hunsberger 2002): a predecessor
 * must end by, and its successor not start before, one agreed moment; two workers who start together start at one agreed
 * moment. While the bounds hold every route can be judged, and delayed, by itself.
 */
export class Bounds {
  private readonly saved: [Float64Array, Float64Array, Float64Array];

  constructor(
    private readonly instance: Instance,
    private readonly clock: RouteClock,
  ) {
    this.saved = [clock.notBefore.slice(), clock.startBy.slice(), clock.endBy.slice()];
  }

  /** `task` starts at `moment` or later, and everything it waits for ends by then. */
  agree(task: number, moment: number): void {
    this.clock.notBefore[task] = moment;
    for (const before of this.instance.before[task]) {
      this.clock.endBy[before] = Math.min(this.clock.endBy[before], moment);
    }
  }

  /** Both halves start exactly at `moment`. */
  together(task: number, twin: number, moment: number): void {
    for (const t of [task, twin]) {
      this.clock.startBy[t] = moment;
      this.agree(t, moment);
    }
  }

  /** `task` has left the plan: what it asked of others is no longer asked. */
  release(task: number): void {
    const { notBefore, startBy, endBy } = this.clock;
    notBefore[task] = Number.NEGATIVE_INFINITY;
    startBy[task] = NEVER;
    endBy[task] = NEVER;
    for (const before of this.instance.before[task]) {
      endBy[before] = NEVER;
      for (const next of this.instance.after[before]) {
        if (notBefore[next] > Number.NEGATIVE_INFINITY)
          endBy[before] = Math.min(endBy[before], notBefore[next]);
      }
    }
  }

  commit(): void {
    const { notBefore, startBy, endBy } = this.clock;
    this.saved[0].set(notBefore);
    this.saved[1].set(startBy);
    this.saved[2].set(endBy);
  }

  rollback(): void {
    const { notBefore, startBy, endBy } = this.clock;
    notBefore.set(this.saved[0]);
    startBy.set(this.saved[1]);
    endBy.set(this.saved[2]);
  }
}
