import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Env } from '#config/env';
import { DomainError } from '#kernel';
import { waitSecondsAfter } from '../rules/back-off.js';
import { callerNetwork } from './caller-network.js';

/** What an attempt is told to do once it has an outcome. */
export interface Attempt {
  succeeded(): Promise<void>;
}

const FAILURES_PER_NETWORK = 200;
const NETWORK_SECONDS = 600;
const MEMORY_SECONDS = 3_600;

/**
 * Slows down guessing without giving anybody a way to lock somebody else out. Wrong passwords count against the pair
 * (account, caller's network): after five, each further try must wait twice as long. Nothing counts against an account as
 * such. Many failures from one network stop that network for a while. A device on which the user signed in before (device
 * token) has a count of its own, so even an attacker in the same building cannot keep its owner out, and sessions that
 * exist go on. After "Slow Down Online Guessing Attacks with Device Cookies" (OWASP). All on the wall clock.
 */
@Injectable()
export class SignInLimits {
  private readonly limiters: ReturnType<typeof makeLimiters> | null;

  constructor(env: Env, dataSource: DataSource) {
    this.limiters = env.RATE_LIMITS ? makeLimiters(dataSource) : null;
  }

  /** @throws DomainError 429 TOO_MANY_ATTEMPTS with `retryAfterSeconds`. */
  async stranger(account: string, address: string | undefined): Promise<Attempt> {
    if (!this.limiters) return unlimited;
    const network = callerNetwork(address);
    const { networks } = this.limiters;
    await networks.consume(network).catch(refuse);
    const attempt = await this.backOff(`${account}|${network}`).catch(async (error: unknown) => {
      await networks.reward(network);
      throw error;
    });
    return {
      succeeded: async () => {
        await networks.reward(network);
        await attempt.succeeded();
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
    const key = createHash('sha256').update(name).digest('base64url');
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

const unlimited: Attempt = { succeeded: () => Promise.resolve() };

function makeLimiters(dataSource: DataSource) {
  const store = {
    storeClient: dataSource,
    storeType: 'typeorm',
    tableName: 'rate_limits',
    tableCreated: true,
  };
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({ ...store, keyPrefix, points, duration });
  return {
    failures: limiter('failures', 1_000_000, MEMORY_SECONDS),
    gates: limiter('gate', 1, 1),
    networks: limiter('network', FAILURES_PER_NETWORK, NETWORK_SECONDS),
  };
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  const retryAfterSeconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
  throw new DomainError(
    'TOO_MANY_ATTEMPTS',
    429,
    `Too many wrong passwords from here; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}
