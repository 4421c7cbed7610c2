import { exactMetres, exactNumber, exactSeconds } from './exact';

describe('a value as it is set', () => {
  it('is not rounded', () => {
    expect([45, 90, 600, 3_661, 86_400 * 2, 0, 0.5].map((value) => exactSeconds('en', value))).toEqual([
      '45 secs',
      '1 min 30 secs',
      '10 mins',
      '1 hr 1 min 1 sec',
      '2 days',
      '0 secs',
      '0.5 secs',
    ]);
    expect([60, 999, 3_000, 3_450].map((value) => exactMetres('en', value))).toEqual([
      '60 m',
      '999 m',
      '3 km',
      '3.45 km',
    ]);
    expect([0.0001, 1_000].map((value) => exactNumber('en', value))).toEqual(['0.0001', '1,000']);
  });

  it('is written in the language of the reader', () => {
    expect(exactSeconds('zh', 90)).toBe('1分钟 30秒');
  });
});
