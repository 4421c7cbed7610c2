import { failureOf } from './coded-message.js';
import { Conflict } from './errors.js';

describe('why a run ended without a result', () => {
  it('is told by the code of the refusal, with its plain values', () => {
    const refusal = new Conflict('TOO_MANY_JOBS', '9 jobs are more than 5.', {
      jobs: 9,
      most: 5,
      errors: [],
    });
    expect(failureOf(refusal)).toEqual({
      code: 'TOO_MANY_JOBS',
      values: { jobs: 9, most: 5 },
      detail: '9 jobs are more than 5.',
    });
  });

  it('is told as it was said when nobody foresaw it', () => {
    expect(failureOf(new Error('out of memory'))).toEqual({
      code: 'FAILED',
      values: {},
      detail: 'out of memory',
    });
  });
});
