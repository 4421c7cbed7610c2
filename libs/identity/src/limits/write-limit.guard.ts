import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Env } from '#config/env';
import { DomainError } from '#kernel';
import { type AuthenticatedRequest, callerNetwork } from '#platform';

/** Far above what people and phones do; what a client gone wild cannot pass. */
const WRITES = 3_000;
const SECONDS = 10;

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Stops one caller from drowning the others: so many changes in ten seconds for each user, API key, or network that is not
 * signed in. Counted in each process by itself.
 */
@Injectable()
export class WriteLimitGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory | null;

  constructor(env: Env) {
    this.limiter = env.RATE_LIMITS ? new RateLimiterMemory({ points: WRITES, duration: SECONDS }) : null;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.limiter || context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (READING.has(request.method)) return true;
    await this.limiter.consume(request.principal?.id ?? callerNetwork(request.ip)).catch(() => {
      throw new DomainError('TOO_MANY_REQUESTS', 429, `More than ${WRITES} changes in ${SECONDS} s.`, {
        retryAfterSeconds: SECONDS,
      });
    });
    return true;
  }
}
