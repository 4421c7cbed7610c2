import { readAssumption } from './assumption-words';

describe('what a proposal rests on', () => {
  it('is read from the sentences of the server', () => {
    const ways = { says: 'ways', factor: '1.35', speed: '25', seconds: '60' };
    const estimate = 'Ways are estimated: straight line x 1.35 at 25 km/h, plus 60 s each';
    expect(readAssumption(`${estimate}.`)).toEqual({ ...ways, unanswered: null });
    expect(readAssumption(`${estimate} (no answer by road: HTTP 503).`)).toEqual({
      ...ways,
      unanswered: 'HTTP 503',
    });
    expect(readAssumption('Ways are by road, plus 60 s each.')).toEqual({ says: 'roads', seconds: '60' });
    expect(readAssumption('3 workers of whom nothing is known begin at the centre of the area.')).toEqual({
      says: 'lost',
      count: 3,
    });
    expect(readAssumption('It does not rain.')).toBeNull();
  });
});
