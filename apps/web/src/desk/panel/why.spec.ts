import type { Candidate } from '../../api/types';
import { whyOf } from './why';

const candidate = (name: string, rank: number | null, ...reasons: string[]): Candidate => ({
  workerId: name,
  name,
  eligible: rank !== null,
  rank,
  distanceMetres: 900,
  travelSeconds: 240,
  terms: [],
  score: 1,
  reasons,
});

describe('why him, and why nobody', () => {
  it('names the first of those who can', () => {
    expect(
      whyOf([candidate('Li', 2), candidate('Wu', 1), candidate('Xu', null, 'DAY_FULL 8 > 8 tasks')]),
    ).toMatchObject({ kind: 'first', first: { name: 'Wu' }, able: 2 });
  });

  it('counts what keeps the others away, the most common first', () => {
    const nobody = whyOf([
      candidate('a', null, 'OUT_OF_RADIUS 3412 > 3000 m', 'DAY_FULL'),
      candidate('b', null, 'NOT_AVAILABLE on_break not in available'),
      candidate('c', null, 'OUT_OF_RADIUS 9000 > 3000 m'),
    ]);
    expect(nobody).toEqual({
      kind: 'none',
      count: 3,
      reasons: [
        { code: 'OUT_OF_RADIUS', count: 2 },
        { code: 'NOT_AVAILABLE_on_break', count: 1 },
      ],
    });
  });

  it('says so when nobody is on duty', () => {
    expect(whyOf([])).toEqual({ kind: 'nobody' });
  });
});
