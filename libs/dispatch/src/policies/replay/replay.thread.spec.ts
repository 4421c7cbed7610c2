import { destination } from '#kernel';
import { Threads } from '#platform';
import { dispatchBasePolicy } from '../../dispatch.policy.js';
import { CENTRE, day, job, worker } from '../../testing/sample-day.js';
import type { DryRunResult } from '../dry-runs/dry-run.entity.js';
import { REPLAY } from '../dry-runs/dry-runs.service.js';
import { effectivePolicy } from '../effective-policy.js';
import { buffersOf, packDay } from './pack-day.server.js';
import { replay } from './replay.js';
import { unpackDay } from './unpack-day.js';

describe('a replay in a thread', () => {
  const threads = new Threads();
  afterAll(() => threads.onApplicationShutdown());
  const policy = effectivePolicy({ organization: dispatchBasePolicy.defaults });
  const policies = new Map([[null, policy]]);
  const crew = (count: number) =>
    Array.from({ length: count }, (_, n) => worker(`w${n}`, destination(CENTRE, n * 30, 500)));
  const jobs = (count: number) =>
    Array.from({ length: count }, (_, n) => job(`j${n}`, n / 50, destination(CENTRE, n * 7, 900)));
  const run = async (recorded: ReturnType<typeof day>): Promise<DryRunResult> => {
    const packed = await packDay(recorded);
    return threads.run(
      REPLAY,
      { day: packed, present: policies, proposed: policies, seed: 1 },
      buffersOf(packed),
    );
  };

  it('comes to the same as here, from a day that was packed and unpacked', async () => {
    const recorded = day(jobs(30), crew(3));
    expect(unpackDay(await packDay(recorded))).toEqual(recorded);
    const { present, proposed } = await run(recorded);
    expect(present).toEqual(replay(recorded, { policyOf: () => policy, seed: 1 }));
    expect(proposed).toEqual(present);
  });

  it('leaves the event loop to the relay, however many jobs compete', async () => {
    let [turns, isDone] = [0, false];
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await run(day(jobs(600), crew(10)));
    isDone = true;
    // Packing the day takes a handful; the rounds themselves would take one long turn each.
    expect(turns).toBeGreaterThan(1_000);
  });
});
