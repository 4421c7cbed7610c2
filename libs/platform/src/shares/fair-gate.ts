import { DomainError } from '#kernel';

/** Whose work it is. */
export interface Sharer {
  organization: string;
  caller: string;
}

export interface GateLimits {
  /** How much may be inside at once: of everybody, of one organisation, of one caller. */
  total: number;
  perOrganization: number;
  perCaller: number;
  /** How many may wait: of everybody, of one organisation, of one caller. */
  maxWaiting: number;
  maxWaitingPerOrganization: number;
  maxWaitingPerCaller: number;
  /** Whoever has waited for so long is sent away, wall milliseconds. */
  maxWaitMs: number;
}

interface Ticket extends Sharer {
  weight: number;
  admit: () => void;
}

/**
 * Lets only so much work in at once, and shares what there is: the organisation with the least inside is next, within it
 * the caller with the least, then whoever came first. Nobody fills the place of the others, neither inside nor in the
 * queue. Counted in this process alone.
 */
export class FairGate {
  private readonly inside = new Tally();
  private readonly queued = new Tally();
  private readonly waiting: Ticket[] = [];

  constructor(private readonly limits: GateLimits) {}

  get load(): { inside: number; waiting: number } {
    return { inside: this.inside.total, waiting: this.waiting.length };
  }

  /**
   * Waits for its turn. `weight` is in the unit of the limits; what is heavier than all that one may have counts as that.
   * The answer lets the next one in; call it once the work is done, more often does no harm.
   *
   * @throws DomainError TOO_MANY_AT_ONCE (429), OVERLOADED (503), both with `retryAfterSeconds`; the signal's reason
   */
  async enter(who: Sharer, options: { weight?: number; signal?: AbortSignal } = {}): Promise<() => void> {
    const { total, perOrganization, perCaller } = this.limits;
    const weight = Math.min(options.weight ?? 1, total, perOrganization, perCaller);
    options.signal?.throwIfAborted();
    const queue = this.waiting.some((other) => this.fitsItsShare(other));
    if (queue || !this.fits({ ...who, weight })) await this.queue({ ...who, weight }, options.signal);
    else this.inside.add(who, weight);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.inside.add(who, -weight);
      this.admitNext();
    };
  }

  private queue(who: Sharer & { weight: number }, signal?: AbortSignal): Promise<void> {
    this.refuseIfFull(who);
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', aborted);
        this.queued.add(who, -1);
      };
      const giveUp = (reason: unknown) => {
        this.waiting.splice(this.waiting.indexOf(ticket), 1);
        leave();
        reject(reason);
        this.admitNext();
      };
      const ticket: Ticket = {
        ...who,
        admit: () => {
          leave();
          this.inside.add(who, who.weight);
          resolve();
        },
      };
      const timer = setTimeout(
        () => giveUp(this.fitsItsShare(ticket) ? overloaded() : tooMany()),
        this.limits.maxWaitMs,
      ).unref();
      const aborted = () => giveUp(signal!.reason);
      signal?.addEventListener('abort', aborted);
      this.queued.add(who, 1);
      this.waiting.push(ticket);
    });
  }

  private refuseIfFull(who: Sharer): void {
    const { maxWaiting, maxWaitingPerOrganization, maxWaitingPerCaller } = this.limits;
    if (
      this.queued.ofCaller(who) >= maxWaitingPerCaller ||
      this.queued.ofOrganization(who) >= maxWaitingPerOrganization
    )
      throw tooMany();
    if (this.waiting.length >= maxWaiting) throw overloaded();
  }

  /** A heavy one at the head of the queue is waited for, or light ones would overtake it for ever. */
  private admitNext(): void {
    for (;;) {
      const next = this.first();
      if (!next || !this.fits(next)) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.admit();
    }
  }

  private first(): Ticket | undefined {
    let best: Ticket | undefined;
    for (const ticket of this.waiting)
      if (this.fitsItsShare(ticket) && (!best || this.comesBefore(ticket, best))) best = ticket;
    return best;
  }

  private comesBefore(a: Sharer, b: Sharer): boolean {
    const organizations = this.inside.ofOrganization(a) - this.inside.ofOrganization(b);
    return organizations < 0 || (organizations === 0 && this.inside.ofCaller(a) < this.inside.ofCaller(b));
  }

  private fits(ticket: Sharer & { weight: number }): boolean {
    return this.inside.total + ticket.weight <= this.limits.total && this.fitsItsShare(ticket);
  }

  private fitsItsShare(ticket: Sharer & { weight: number }): boolean {
    const { perOrganization, perCaller } = this.limits;
    return (
      this.inside.ofOrganization(ticket) + ticket.weight <= perOrganization &&
      this.inside.ofCaller(ticket) + ticket.weight <= perCaller
    );
  }
}

const tooMany = () =>
  new DomainError('TOO_MANY_AT_ONCE', 429, 'You have too much under way at once; wait for it to end.', {
    retryAfterSeconds: 1,
  });

const overloaded = () =>
  new DomainError('OVERLOADED', 503, 'Too much is under way here at the moment; try again shortly.', {
    retryAfterSeconds: 2,
  });

/** How much there is of whom; nothing is kept of those who have none. */
class Tally {
  total = 0;
  private readonly counts = new Map<string, number>();

  add({ organization, caller }: Sharer, amount: number): void {
    this.total += amount;
    for (const key of [organization, `${organization}/${caller}`]) {
      const count = (this.counts.get(key) ?? 0) + amount;
      if (count > 0) this.counts.set(key, count);
      else this.counts.delete(key);
    }
  }

  ofOrganization({ organization }: Sharer): number {
    return this.counts.get(organization) ?? 0;
  }

  ofCaller({ organization, caller }: Sharer): number {
    return this.counts.get(`${organization}/${caller}`) ?? 0;
  }
}
