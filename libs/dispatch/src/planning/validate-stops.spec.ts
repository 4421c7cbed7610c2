import type { ProposedStop } from './day-proposal.js';
import { type HoldingNow, type JobNow, validateStops } from './validate-stops.js';

const now = new Date('2026-03-02T08:00:00Z');
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

const stop = (jobId: string, change: Partial<ProposedStop> = {}): ProposedStop => ({
  jobId,
  workerId: 'ann',
  position: 0,
  startsAt: at(9),
  arrivesAt: at(9),
  endsAt: at(10),
  travelSeconds: 600,
  travelMetres: 4_000,
  slackSeconds: 0,
  change: 'new',
  pinned: null,
  from: null,
  ...change,
});

const job = (change: Partial<JobNow> = {}): JobNow => ({
  seen: 'same',
  state: 'unassigned',
  workerId: null,
  ...change,
});

const holding = (jobId: string, from: number, to: number, workerId = 'ann'): HoldingNow => ({
  jobId,
  workerId,
  startsAt: new Date(at(from)),
  endsAt: new Date(at(to)),
});

const tryOut = (stops: ProposedStop[], jobs: Record<string, JobNow>, holdings: HoldingNow[] = []) =>
  validateStops(stops, {
    now,
    jobs: new Map(Object.entries(jobs)),
    seen: Object.fromEntries(stops.map(({ jobId }) => [jobId, 'same'])),
    holdings,
    workers: new Map<string, () => 'OFF_HOURS' | null>([
      ['ann', () => null],
      ['bob', () => null],
      ['eve', () => 'OFF_HOURS' as const],
    ]),
  });

describe('a stop of a proposal', () => {
  it('can be made true while nothing has changed', () => {
    const { apply, skipped } = tryOut([stop('a'), stop('b', { workerId: 'bob' })], { a: job(), b: job() });
    expect([apply.map(({ jobId }) => jobId), skipped]).toEqual([['a', 'b'], []]);
  });

  it('is skipped with its reason where it meets another of the same plan', () => {
    const stops = [
      stop('a'),
      stop('b', { startsAt: '2026-03-02T09:59:59.999Z', endsAt: at(11) }),
      stop('c', { startsAt: at(11), endsAt: at(12) }),
    ];
    const { apply, skipped } = tryOut(stops, { a: job(), b: job(), c: job() });
    expect(apply.map(({ jobId }) => jobId)).toEqual(['a', 'c']);
    expect(skipped).toMatchObject([{ jobId: 'b', code: 'WORKER_BUSY', values: { jobId: 'a' } }]);
  });

  it.each<[string, Partial<ProposedStop>, JobNow | undefined]>([
    ['JOB_GONE', {}, undefined],
    ['JOB_ENDED', {}, job({ state: 'cancelled' })],
    ['JOB_CHANGED', {}, job({ seen: 'other' })],
    ['UNDER_WAY', {}, job({ state: 'in_progress', workerId: 'ann' })],
    ['BEING_OFFERED', {}, job({ state: 'offering' })],
    ['ALREADY_ASSIGNED', {}, job({ state: 'assigned', workerId: 'bob' })],
    ['PINNED', { pinned: 'by_hand' }, job()],
    ['IN_THE_PAST', { startsAt: at(7) }, job()],
    ['OFF_HOURS', { workerId: 'eve' }, job()],
    ['WORKER_AWAY', { workerId: 'carl' }, job()],
  ])('is left alone: %s', (code, change, state) => {
    const { apply, skipped } = tryOut([stop('a', change)], state ? { a: state } : {});
    expect([apply, skipped.map((one) => one.code)]).toEqual([[], [code]]);
  });

  it('gives way to what the worker has been promised since', () => {
    const { skipped } = tryOut([stop('a')], { a: job() }, [holding('x', 9, 11)]);
    expect(skipped).toEqual([
      {
        jobId: 'a',
        code: 'WORKER_BUSY',
        values: { from: at(9), to: at(11), jobId: 'x' },
        detail: `${at(9)} to ${at(11)} is promised to job x`,
      },
    ]);
  });

  it('may take the place of another that moves away, but not of one that has to stay', () => {
    const from = { workerId: 'ann', startsAt: at(9), endsAt: at(10) };
    const away = stop('a', { workerId: 'bob', change: 'moved', from });
    const held = [holding('a', 9, 10)];
    const jobs = { a: job({ state: 'assigned', workerId: 'ann' }), b: job() };
    expect(tryOut([away, stop('b')], jobs, held).skipped).toEqual([]);
    const stuck = tryOut([away, stop('b')], jobs, [...held, holding('x', 9, 10, 'bob')]);
    expect(stuck.skipped.map(({ jobId, code }) => [jobId, code])).toEqual([
      ['a', 'WORKER_BUSY'],
      ['b', 'WORKER_BUSY'],
    ]);
  });
});
