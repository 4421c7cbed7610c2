import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import type { Principal } from '../auth/principal.js';
import { FairGate } from '../shares/fair-gate.js';

/**
 * Decoding and encoding run in libuv's four threads, which reading files and signing in need too; each picture takes one,
 * and two pictures at a time leave the others free. They cannot be made to give way, so one core is left to everything
 * else.
 */
export const PICTURES_AT_ONCE = availableParallelism() > 2 ? 2 : 1;
const PICTURES = {
  total: PICTURES_AT_ONCE,
  perOrganization: PICTURES_AT_ONCE,
  perCaller: 1,
  maxWaiting: 100,
  maxWaitingPerOrganization: 60,
  maxWaitingPerCaller: 12,
  maxWaitMs: 30_000,
};

sharp.concurrency(1);
// Nobody sends the same picture twice in a row; kept, the last ones would take 50 MB.
sharp.cache(false);

/** Lets few pictures be worked on at once, over all stages, in turn between organisations and callers. */
@Injectable()
export class PictureWork {
  readonly gate = new FairGate(PICTURES);

  /** @throws DomainError TOO_MANY_AT_ONCE (429), OVERLOADED (503) */
  async run<T>({ orgId, id }: Pick<Principal, 'orgId' | 'id'>, work: () => Promise<T>): Promise<T> {
    const leave = await this.gate.enter({ organization: orgId, caller: id });
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
