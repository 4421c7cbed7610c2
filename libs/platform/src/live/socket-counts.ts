import { DomainError } from '#kernel';
import type { Sharer } from '../shares/fair-gate.js';

const MAX_SOCKETS = 12_000;
const MAX_PER_ORGANIZATION = 4_000;
/** A person has some tabs and a phone. */
const MAX_PER_CALLER = 20;

/** How many sockets of whom are open in this process. */
export class SocketCounts {
  private total = 0;
  private readonly counts = new Map<string, number>();

  /** @throws DomainError TOO_MANY_SOCKETS (429), OVERLOADED (503). Call the answer, once or more, when it is closed. */
  open({ organization, caller }: Sharer): () => void {
    const keys = [organization, `${organization}/${caller}`];
    const [ofOrganization, ofCaller] = keys.map((key) => this.counts.get(key) ?? 0) as [number, number];
    if (this.total >= MAX_SOCKETS)
      throw new DomainError('OVERLOADED', 503, 'Too many are connected here; try again shortly.', {
        retryAfterSeconds: 5,
      });
    if (ofCaller >= MAX_PER_CALLER || ofOrganization >= MAX_PER_ORGANIZATION) {
      const limit = ofCaller >= MAX_PER_CALLER ? MAX_PER_CALLER : MAX_PER_ORGANIZATION;
      throw new DomainError(
        'TOO_MANY_SOCKETS',
        429,
        `At most ${limit} connections at once; close one first.`,
        {
          limit,
          retryAfterSeconds: 30,
        },
      );
    }
    this.add(keys, 1);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      this.add(keys, -1);
    };
  }

  private add(keys: string[], by: number): void {
    this.total += by;
    for (const key of keys) {
      const count = (this.counts.get(key) ?? 0) + by;
      if (count > 0) this.counts.set(key, count);
      else this.counts.delete(key);
    }
  }
}
