import { realTimes } from './real-times';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
type Job = Parameters<typeof realTimes>[0]['job'];

/** Promised: off 60 minutes ago, there 40 minutes ago, done 10 minutes ago. */
const visit = (job: Partial<Job>, now = NOW) => {
  const { startsAt, arrivesAt, endsAt, begun, over } = realTimes(
    {
      startsAt: at(-60),
      arrivesAt: at(-40),
      endsAt: at(-10),
      job: {
        state: 'assigned',
        stateSince: at(-90),
        durationSeconds: 1_800,
        departedAt: null,
        arrivedAt: null,
        startedAt: null,
        completedAt: null,
        ...job,
      },
    },
    now,
  );
  const minutes = (time: number) => (time - NOW) / 60_000;
  return { is: [startsAt, arrivesAt, endsAt].map(minutes), begun, over: over / 60_000 };
};

describe('the bar of a visit', () => {
  it('is as planned until somebody sets off', () => {
    expect(visit({})).toEqual({ is: [-60, -40, -10], begun: false, over: 0 });
    // They set off, and gave it back to the plan.
    expect(visit({ departedAt: at(-50) })).toEqual({ is: [-60, -40, -10], begun: false, over: 0 });
  });

  it('begins when somebody set off, and arrives no earlier than now while they are on the way', () => {
    expect(visit({ state: 'en_route', departedAt: at(-10) })).toEqual({
      is: [-10, 10, 40],
      begun: true,
      over: 50,
    });
    expect(visit({ state: 'en_route', departedAt: at(-50) })).toEqual({
      is: [-50, 0, 30],
      begun: true,
      over: 40,
    });
  });

  it('starts when it started, and grows to now when it should be over', () => {
    const started: Partial<Job> = {
      state: 'in_progress',
      departedAt: at(-30),
      arrivedAt: at(-20),
      startedAt: at(-15),
    };
    expect(visit(started).is).toEqual([-30, -20, 15]);
    expect(visit(started, NOW + 60 * 60_000).is).toEqual([-30, -20, 60]);
    expect(visit({ ...started, state: 'paused' }, NOW + 60 * 60_000).is).toEqual([-30, -20, 60]);
  });

  it('ends when it ended: sooner or later than planned, done or not', () => {
    const done = { departedAt: at(-58), arrivedAt: at(-45), startedAt: at(-44) };
    expect(visit({ ...done, state: 'completed', completedAt: at(-25) })).toEqual({
      is: [-58, -45, -25],
      begun: true,
      over: 0,
    });
    expect(visit({ ...done, state: 'closed', completedAt: at(-2) })).toEqual({
      is: [-58, -45, -2],
      begun: true,
      over: 8,
    });
    expect(visit({ ...done, startedAt: null, state: 'failed', stateSince: at(-30) }).is).toEqual([
      -58, -45, -30,
    ]);
    // Failed on the way: nobody ever arrived.
    expect(visit({ state: 'failed', departedAt: at(-58), stateSince: at(-50) }).is).toEqual([-58, -38, -38]);
  });
});
