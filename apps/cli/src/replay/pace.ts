import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../../../simulator/src/client/account.js';
import { ApiProblem } from '../../../simulator/src/client/http.js';
import { UsageError } from '../usage-error.js';

/** How business time passes during a replay. */
export interface Pace {
  /** Sets the clock on its way. @throws UsageError when it stands later than that already. */
  begin(at: number): Promise<void>;
  /** Business time now. */
  now(): number;
  /** Resolves when business time is `at`. */
  reach(at: number): Promise<void>;
  /** Whether time stands still until the next step, so that one may wait for what a step causes. */
  readonly stands: boolean;
}

/** Asked first, so that nothing is made for nothing. @throws UsageError on an installation that runs on the wall clock. */
export async function demandVirtualClock(admin: Account): Promise<void> {
  const { kind } = await admin.get<{ kind: 'system' | 'virtual' }>('clock');
  if (kind !== 'virtual')
    throw new UsageError(
      'this installation runs on the wall clock, so days cannot pass in minutes; start it with CLOCK=virtual, or leave --url out',
    );
}

async function setClock(admin: Account, body: { at?: string; speed?: number }): Promise<void> {
  try {
    await admin.send('clock', { method: 'PUT', body, key: null });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422)
      throw new UsageError(`the clock of this installation stands too late for this log: ${error.message}`);
    throw error;
  }
}

const iso = (at: number) => new Date(at).toISOString();

/** Jumps from one event to the next; between them the clock stands. Idle nights cost nothing. */
export class Jumping implements Pace {
  readonly stands = true;
  private at = 0;

  constructor(private readonly admin: Account) {}

  async begin(at: number): Promise<void> {
    await this.reach(at);
  }

  now(): number {
    return this.at;
  }

  async reach(at: number): Promise<void> {
    if (at <= this.at) return;
    await setClock(this.admin, { at: iso(at), speed: 0 });
    this.at = at;
  }
}

/** `speed` business seconds in each wall second, without a stop. */
export class Running implements Pace {
  readonly stands = false;
  private baseAt = 0;
  private wallAt = 0;

  constructor(
    private readonly admin: Account,
    private readonly speed: number,
  ) {}

  async begin(at: number): Promise<void> {
    await setClock(this.admin, { at: iso(at), speed: this.speed });
    this.baseAt = at;
    this.wallAt = Date.now();
  }

  now(): number {
    return this.baseAt + (Date.now() - this.wallAt) * this.speed;
  }

  async reach(at: number): Promise<void> {
    const wait = (at - this.now()) / this.speed;
    if (wait > 0) await delay(wait);
  }
}
