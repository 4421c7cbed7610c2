import { seededRandom } from '#kernel';
import type { PlainModel } from './model.js';
import type { RouteBook } from './route-book.js';

/** A route worth remembering: what it serves, in which order, for whom, at what price. */
export interface PooledRoute {
  kind: number;
  jobs: Int32Array;
  cost: number;
  /** When it was last seen in a solution; the oldest are forgotten first. */
  seen: number;
}

/** Good routes met on the way, one for each set of jobs and kind of worker. */
export class RoutePool {
  readonly routes = new Map<number, PooledRoute>();
  private readonly signature: Float64Array;
  private readonly kindSignature: Float64Array;
  private clock = 0;

  constructor(
    private readonly model: PlainModel,
    private readonly most: number,
  ) {
    // Zobrist hashing: a route's key is the sum of 46-bit signatures, exact in doubles, so order does not matter.
    const random = seededRandom(0x5eed);
    const sign = () => Math.floor(random() * 2 ** 46);
    this.signature = Float64Array.from({ length: model.jobCount }, sign);
    this.kindSignature = Float64Array.from({ length: model.workerCount }, sign);
  }

  get size(): number {
    return this.routes.size;
  }

  /** Remembers route `r` of the book. */
  add(book: RouteBook, r: number): void {
    const len = book.len[r];
    if (len === 0) return;
    const base = r * book.stride;
    const kind = this.model.kind[r];
    let key = this.kindSignature[kind];
    for (let k = 1; k <= len; k++) key += this.signature[book.seq[base + k]];
    const cost = book.travel[r] + book.bias[r];
    const known = this.routes.get(key);
    this.clock++;
    if (known) {
      known.seen = this.clock;
      if (cost >= known.cost - 1e-9) return;
      known.cost = cost;
      known.jobs = book.seq.slice(base + 1, base + 1 + len);
      return;
    }
    this.routes.set(key, { kind, jobs: book.seq.slice(base + 1, base + 1 + len), cost, seen: this.clock });
    if (this.routes.size > this.most * 1.25) this.forget();
  }

  private forget(): void {
    const ages = Float64Array.from(this.routes.values(), (r) => r.seen).sort();
    const oldest = ages[ages.length - this.most];
    for (const [key, route] of this.routes) if (route.seen < oldest) this.routes.delete(key);
  }
}
