import { Invalid, seededRandom } from '#kernel';

/** A random choice with all that is needed to make it again. */
export interface Draw {
  /** A whole number, 32 bits. Fix it before the pool is known (a hash of the round's id, say) and nobody can steer. */
  seed: number;
  /** Who could have been drawn, in the order of the draw: ascending ids. */
  pool: string[];
  /** The random number in [0, 1) that the seed gives. */
  value: number;
  /** `floor(value x pool size)`; -1 for an empty pool. */
  index: number;
  drawn: string | null;
}

/** Draws one of the ids; the order they come in does not matter. */
export function draw(ids: readonly string[], seed: number): Draw {
  if (!Number.isInteger(seed)) throw Invalid.field('seed', `must be a whole number, got ${seed}`);
  const pool = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
  const value = seededRandom(seed)();
  const index = pool.length === 0 ? -1 : Math.floor(value * pool.length);
  return { seed, pool, value, index, drawn: pool[index] ?? null };
}

/** Makes the draw again: was it the one that this seed and this pool give? */
export function drawIsHonest(record: Draw): boolean {
  const again = draw(record.pool, record.seed);
  return (
    again.drawn === record.drawn &&
    again.index === record.index &&
    again.value === record.value &&
    again.pool.length === record.pool.length &&
    again.pool.every((id, i) => id === record.pool[i])
  );
}
