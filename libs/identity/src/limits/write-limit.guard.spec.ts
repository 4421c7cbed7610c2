import type { ExecutionContext } from '@nestjs/common';
import { Env } from '#config/env';
import { WriteLimitGuard } from './write-limit.guard.js';

const request = (method: string, id?: string, ip = '10.0.0.1') =>
  ({
    getType: () => 'http',
    switchToHttp: () => ({ getRequest: () => ({ method, ip, principal: id ? { id } : undefined }) }),
  }) as unknown as ExecutionContext;

const refusedAfter = async (limits: WriteLimitGuard, context: ExecutionContext, most: number) => {
  for (let i = 0; i < most; i++) {
    const code = await limits.canActivate(context).then(
      () => null,
      (error: { code: string }) => error.code,
    );
    if (code) return [i, code];
  }
  return null;
};

describe('limits on writes', () => {
  const env = (limited: boolean) => Object.assign(new Env(), { RATE_LIMITS: limited });

  it('stops a caller who floods, and nobody else', async () => {
    const limits = new WriteLimitGuard(env(true));
    expect(await refusedAfter(limits, request('POST', 'wild'), 4_000)).toEqual([3_000, 'TOO_MANY_REQUESTS']);
    expect(await limits.canActivate(request('POST', 'calm'))).toBe(true);
    expect(await limits.canActivate(request('GET', 'wild'))).toBe(true);
    expect(await refusedAfter(limits, request('POST'), 4_000)).toEqual([3_000, 'TOO_MANY_REQUESTS']);
    expect(await limits.canActivate(request('POST', undefined, '10.0.0.2'))).toBe(true);
  });

  it('is off for load tests', async () => {
    expect(await refusedAfter(new WriteLimitGuard(env(false)), request('POST', 'wild'), 4_000)).toBeNull();
  });
});
