export interface TravelLeg {
  seconds: number;
  /** NaN where the provider does not say. */
  metres: number;
}

/** Ways by the names of their two places; whoever was not asked about for longest is forgotten first. */
export class TravelLegCache {
  private readonly rows = new Map<string, Map<string, TravelLeg>>();
  private ways = 0;

  constructor(private readonly mostWays: number) {}

  /** Whether anything is known of ways from here. */
  knows(from: string): boolean {
    return this.rows.has(from);
  }

  get(from: string, to: string): TravelLeg | undefined {
    return this.rows.get(from)?.get(to);
  }

  /** Puts this place last in the order of forgetting. */
  touch(from: string): void {
    const row = this.rows.get(from);
    if (!row) return;
    this.rows.delete(from);
    this.rows.set(from, row);
  }

  set(from: string, to: string, way: TravelLeg): void {
    const row = this.rows.get(from) ?? new Map<string, TravelLeg>();
    if (row.size === 0) this.rows.set(from, row);
    if (!row.has(to)) this.ways += 1;
    row.set(to, way);
  }

  /** Call it when a question has been answered: never in the middle of one. */
  forgetOldest(): void {
    for (const [from, row] of this.rows) {
      if (this.ways <= this.mostWays) return;
      this.rows.delete(from);
      this.ways -= row.size;
    }
  }
}
