import { findProblems } from './draft-job.js';

const nothingLooked = { unknownWorkers: [] };
const somewhere = { lat: 31.2, lon: 121.5, address: '12 Julu Road' };

describe('a request for a job', () => {
  it('says which fault it is, for whoever words it in another language', () => {
    const asked = {
      ...somewhere,
      windowStart: '2026-03-02T10:00:00Z',
      windowEnd: '2026-03-02T09:00:00Z',
      requiredWorkerId: 'w1',
    };
    expect(findProblems(asked, { unknownWorkers: ['w1'] })).toEqual([
      {
        field: 'windowEnd',
        message: 'must be after windowStart',
        code: 'NOT_AFTER',
        values: { other: 'windowStart' },
      },
      { field: 'requiredWorkerId', message: 'there is no such worker', code: 'NO_SUCH_WORKER' },
    ]);
  });

  it('is right with a place, and with nothing else said', () => {
    expect(findProblems(somewhere, nothingLooked)).toEqual([]);
    expect(findProblems({}, nothingLooked).map((e) => e.code)).toEqual(['NEEDS_PLACE']);
  });
});
