import type { DayProfile } from '../problem/types.js';

/** How long every way takes and how far it is, by the index of its two places. */
export abstract class Legs {
  private readonly profile: DayProfile | null;

  constructor(profile: DayProfile = []) {
    this.profile = profile.some((s) => s.factor !== 1) ? profile : null;
  }

  /** Seconds of the way, before any profile. */
  abstract seconds(from: number, to: number): number;
  /** Metres of the way; 0 where only durations are known. */
  abstract metres(from: number, to: number): number;
  /** No way takes longer, or is farther, than this. */
  abstract longest(): { seconds: number; metres: number };

  get timeDependent(): boolean {
    return this.profile !== null;
  }

  /**
   * When one arrives who leaves at `depart`. Under a profile the speed changes while on the way (Ichoua, Gendreau &
   * Potvin 2003), so that leaving later never means arriving earlier.
   */
  arrive(from: number, to: number, depart: number): number {
    const base = this.seconds(from, to);
    if (!this.profile) return depart + base;
    let left = base;
    let t = depart;
    for (let s = this.slotAt(t); ; s++) {
      const { factor } = this.profile[s];
      const until = s + 1 < this.profile.length ? this.profile[s + 1].from : Number.POSITIVE_INFINITY;
      const covered = (until - t) * factor;
      if (covered >= left) return t + left / factor;
      left -= covered;
      t = until;
    }
  }

  /** The latest departure that arrives by `arriveBy`. */
  leaveBy(from: number, to: number, arriveBy: number): number {
    const base = this.seconds(from, to);
    if (!this.profile) return arriveBy - base;
    let left = base;
    let t = arriveBy;
    for (let s = this.slotAt(t); ; s--) {
      const { factor } = this.profile[s];
      const since = s > 0 ? this.profile[s].from : Number.NEGATIVE_INFINITY;
      const covered = (t - since) * factor;
      if (covered >= left) return t - left / factor;
      left -= covered;
      t = since;
    }
  }

  private slotAt(t: number): number {
    const profile = this.profile as DayProfile;
    let s = 0;
    while (s + 1 < profile.length && profile[s + 1].from <= t) s++;
    return s;
  }
}
