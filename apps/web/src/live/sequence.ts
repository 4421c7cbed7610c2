import type { WireFact } from '../api/types';

/**
 * Keeps facts in order and counts them: each once, none left out. Office roles see every place of the log, so a jump
 * means that something was lost on the way.
 */
export class Sequence {
  constructor(
    private last: number | null = null,
    private readonly gapless = true,
  ) {}

  get seq(): number | null {
    return this.last;
  }

  restart(seq: number): void {
    this.last = seq;
  }

  /** The facts that are new, in order; `gap` when some are missing before the first of them. */
  take(facts: readonly WireFact[]): { fresh: WireFact[]; gap: boolean } {
    const fresh: WireFact[] = [];
    for (const fact of facts) {
      if (this.last !== null && fact.seq <= this.last) continue;
      if (this.gapless && this.last !== null && fact.seq !== this.last + 1) return { fresh, gap: true };
      this.last = fact.seq;
      fresh.push(fact);
    }
    return { fresh, gap: false };
  }
}
