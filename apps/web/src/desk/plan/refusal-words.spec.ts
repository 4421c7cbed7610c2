import { midnightOf } from './refusal-words';

describe('what keeps a job out of a day', () => {
  it('counts its seconds from midnight where the work is', () => {
    expect(midnightOf('2026-03-03', 'Asia/Shanghai')).toBe(Date.parse('2026-03-02T16:00:00Z'));
  });
});
