import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Env } from '#config/env';
import { DomainError } from '#kernel';
import { callerNetwork } from '#platform';
import { waitSecondsAfter } from './back-off.js';
import { makeLimiters, REMEMBER_SECONDS } from './sign-in-limiters.server.js';

/** What an attempt is told to do once it has an outcome. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/**
 * Slows down guessing without giving anybody a way to lock somebody else out. After "Slow Down Online Guessing Attacks with
 * Device Cookies" (OWASP), with networks beside devices. All on the wall clock.
 *
 * - A known device (its token proves an earlier sign-in of this account) has a count of its own and meets no other limit.
 * - An unknown device counts against the pair (account, network): after five wrong passwords each further try waits twice
 *   as long. In a network where this account signed in within 30 days that is all it meets.
 * - Elsewhere it also spends the budget of its network and the budget that all unknown devices together have for this
 *   account. So many addresses guess no faster than a few, and whoever spends these budgets keeps out only newcomers:
 *   not the people of an office behind the same address, not their devices, not sessions that exist.
 */
@Injectable()
export class SignInLimitsService {
  private readonly limiters: ReturnType<typeof makeLimiters> | null;

  constructor(env: Env, dataSource: DataSource) {
    this.limiters = env.RATE_LIMITS ? makeLimiters(dataSource) : null;
  }

  /** @throws DomainError 429 TOO_MANY_ATTEMPTS with `retryAfterSeconds`. */
  async limitNewDevice(account: string, address: string | undefined): Promise<Attempt> {
    if (!this.limiters) return unlimited;
    const { networks, accounts, familiar } = this.limiters;
    const network = callerNetwork(address);
    const pair = `${account}|${network}`;
    const limitKnownDevice = (await familiar.get(hashed(pair))) !== null;
    const spent = limitKnownDevice
      ? []
      : await spendAll([
          [networks, network],
          [accounts, hashed(account)],
        ]);
    const attempt = await this.backOff(pair).catch(async (error: unknown) => {
      await giveBack(spent);
      throw error;
    });
    return {
      succeeded: async () => {
        await giveBack(spent);
        await attempt.succeeded();
        await familiar.set(hashed(pair), 1, REMEMBER_SECONDS);
      },
    };
  }

  /** Attempts of one known device, or of one person who is signed in already. */
  async known(id: string): Promise<Attempt> {
    return this.limiters ? this.backOff(`known|${id}`) : unlimited;
  }

  /** The attempt counts before it is judged, so that many at once are not more than five. */
  private async backOff(name: string): Promise<Attempt> {
    const { failures, gates } = this.limiters!;
    const key = hashed(name);
    const { consumedPoints } = await failures.penalty(key);
    const wait = waitSecondsAfter(consumedPoints);
    if (wait > 0)
      await gates.consume(key, 1, { customDuration: wait }).catch(async (reason: unknown) => {
        await failures.reward(key);
        refuse(reason);
      });
    return {
      succeeded: async () => {
        await failures.delete(key);
        await gates.delete(key);
      },
    };
  }
}

type Budget = [limiter: RateLimiterPostgres, key: string];

const unlimited: Attempt = { succeeded: () => Promise.resolve() };

const hashed = (name: string) => createHash('sha256').update(name).digest('base64url');

/** Takes one from every budget, or from none. */
async function spendAll(budgets: Budget[]): Promise<Budget[]> {
  const spent: Budget[] = [];
  for (const [limiter, key] of budgets) {
    await limiter.consume(key).catch(async (reason: unknown) => {
      await giveBack(spent);
      refuse(reason);
    });
    spent.push([limiter, key]);
  }
  return spent;
}

async function giveBack(budgets: Budget[]): Promise<void> {
  for (const [limiter, key] of budgets) await limiter.reward(key);
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  const retryAfterSeconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
  throw new DomainError(
    'TOO_MANY_ATTEMPTS',
    429,
    `Too many wrong passwords; try again in ${retryAfterSeconds} s, or from a device on which you signed in before.`,
    { retryAfterSeconds },
  );
}
