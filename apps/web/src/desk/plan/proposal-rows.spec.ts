import type { DayProposal, PlannedVisit } from '../../api/types';
import { dayRows, latenessOf, shiftSeconds, unplacedJobs } from './proposal-rows';

const at = (time: string) => `2026-03-03T${time}:00.000Z`;
const none = { jobIds: [], travelSeconds: 0, travelMetres: 0 };

const visit = (jobId: string, workerId: string, position: number, extra: Partial<PlannedVisit> = {}) =>
  ({
    jobId,
    workerId,
    position,
    startsAt: at('09:00'),
    arrivesAt: at('09:10'),
    endsAt: at('09:40'),
    change: 'new',
    from: null,
    ...extra,
  }) as PlannedVisit;

const proposal = (stops: PlannedVisit[], names: Record<string, string>) =>
  ({
    stops,
    routes: Object.entries(names).map(([workerId, name]) => ({ workerId, name, before: none, after: none })),
  }) as unknown as DayProposal;

describe('the rows of a proposal', () => {
  it('puts each visit into its day in order, and says how long one is free before it', () => {
    const second = visit('b', 'ann', 1, {
      startsAt: at('10:00'),
      arrivesAt: at('10:05'),
      endsAt: at('10:35'),
    });
    const [row] = dayRows(proposal([second, visit('a', 'ann', 0)], { ann: 'Ann' }));
    expect(row!.visits.map(({ jobId, waitingSeconds }) => [jobId, waitingSeconds])).toEqual([
      ['a', 0],
      ['b', 1_200],
    ]);
  });

  it('shows a visit that changes hands in both days, and undisturbed days last', () => {
    const from = { workerId: 'cai', startsAt: at('09:00'), endsAt: at('09:40') };
    const rows = dayRows(
      proposal([visit('a', 'ann', 0, { change: 'same' }), visit('b', 'ben', 0, { change: 'moved', from })], {
        ann: 'Ann',
        ben: 'Ben',
        cai: 'Cai',
      }),
    );
    expect(rows.map(({ name, changes, away }) => [name, changes, away.map((stop) => stop.jobId)])).toEqual([
      ['Ben', ['b'], []],
      ['Cai', [], ['b']],
      ['Ann', [], []],
    ]);
  });

  it('keeps with a worker what he holds and the search found no place for', () => {
    const before = { ...none, jobIds: ['a', 'b'] };
    const found = {
      stops: [visit('a', 'ann', 0, { change: 'same' })],
      routes: [{ workerId: 'ann', name: 'Ann', before, after: none }],
    };
    expect(dayRows(found as unknown as DayProposal)[0]!.stays).toEqual(['b']);
  });

  it('measures a shift in time, and who would be late before and after', () => {
    const from = { workerId: 'ann', startsAt: at('09:30'), endsAt: at('10:10') };
    const stop = visit('a', 'ann', 0, { change: 'retimed', from });
    expect(shiftSeconds(stop)).toBe(-1_800);
    const job = { windowEnd: at('09:20'), durationSeconds: 1_800 };
    expect(latenessOf([stop], () => job)).toEqual({
      before: { count: 1, seconds: 1_200 },
      after: { count: 0, seconds: 0 },
    });
  });

  it('counts as without a place what the search refused and what could not even be asked of it', () => {
    const found = unplacedJobs(
      {
        unassigned: [{ jobId: 'a', priority: 5, held: false, reasons: [] }],
        leftOut: [
          { jobId: 'b', rule: 'NO_WORKERS', detail: '' },
          { jobId: 'c', rule: 'PINNED', detail: 'by_hand' },
        ],
      } as unknown as DayProposal,
      () => ({ priority: 9, workerId: null }),
    );
    expect(found.map(({ jobId, held, leftOut }) => [jobId, held, leftOut?.rule])).toEqual([
      ['b', false, 'NO_WORKERS'],
      ['a', false, undefined],
    ]);
  });
});
