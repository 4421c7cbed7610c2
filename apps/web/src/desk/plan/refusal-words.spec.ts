import { midnightOf, readRefusal } from './refusal-words';

describe('what keeps a job out of a day', () => {
  it('is read from the text of an insertion', () => {
    expect(readRefusal('NO_TIME_LEFT', '3900 against 1200 s of slack')).toEqual({
      rule: 'NO_TIME_LEFT',
      actual: '3900',
      limit: '1200',
      unit: 's of slack',
    });
    expect(readRefusal('MISSING_SKILL', 'none against gas at level 2, brings ladder skill')).toMatchObject({
      actual: 'none',
      limit: 'gas at level 2, brings ladder',
    });
  });

  it('counts its seconds from midnight where the work is', () => {
    expect(midnightOf('2026-03-03', 'Asia/Shanghai')).toBe(Date.parse('2026-03-02T16:00:00Z'));
  });
});
