import type { BoardWorker } from '../../api/types';
import { firstTarget } from './first-target';

const start = Date.parse('2026-03-02T00:00:00Z');
const at = (hour: number) => start + hour * 3_600_000;
const iso = (hour: number) => new Date(at(hour)).toISOString();

const worker = (id: string, shift: [number, number] | null, ...work: [number, number][]): BoardWorker =>
  ({
    id,
    shifts: shift ? [{ start: iso(shift[0]), end: iso(shift[1]) }] : [],
    assignments: work.map(([from, to]) => ({ startsAt: iso(from), endsAt: iso(to) })),
  }) as BoardWorker;

describe('what is proposed for open work', () => {
  const propose = (workers: BoardWorker[], job: { windowStart?: string } = {}, now = at(9.01)) =>
    firstTarget(
      { windowStart: job.windowStart ?? null, durationSeconds: 3_600 },
      { workers, start, now, able: ({ id }) => id !== 'unable' },
    );

  it('is now, to the next five minutes, with the first who is free', () => {
    const found = propose([
      worker('unable', [8, 17]),
      worker('busy', [8, 17], [9, 11]),
      worker('free', [8, 17]),
      worker('free too', [8, 17]),
    ]);
    expect(found).toEqual({ workerId: 'free', startsAt: at(9) + 5 * 60_000 });
  });

  it('is never before the window, nor before the day that is shown', () => {
    const free = worker('free', [0, 24]);
    expect(propose([free], { windowStart: iso(14) }).startsAt).toBe(at(14));
    expect(propose([free], {}, at(-5)).startsAt).toBe(start);
  });

  it('is the first gap that is long enough', () => {
    expect(propose([worker('busy', [8, 17], [12, 13], [9, 11.5])]).startsAt).toBe(at(13));
    expect(propose([worker('late', [16.5, 17]), worker('busy', [8, 17], [9, 12])])).toEqual({
      workerId: 'busy',
      startsAt: at(12),
    });
  });

  it('is somebody able all the same when nobody has time', () => {
    expect(propose([worker('unable', [8, 17]), worker('off', null)])).toEqual({
      workerId: 'off',
      startsAt: at(9) + 5 * 60_000,
    });
  });
});
