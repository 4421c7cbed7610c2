import { readVerdict } from './read-verdict';

const nothing = { subject: '', actual: '', relation: '', limit: '', unit: '' };

describe('a verdict of the server', () => {
  it.each([
    ['OUT_OF_RADIUS 3412 > 3000 m', { actual: '3412', relation: '>', limit: '3000', unit: 'm' }],
    [
      'SKILL_LEVEL_TOO_LOW gas fitting 1 < 2 level',
      { subject: 'gas fitting', actual: '1', relation: '<', limit: '2', unit: 'level' },
    ],
    [
      'TIME_OFF 2026-03-02T11:00:00.000Z overlaps 2026-03-02T10:00:00.000Z',
      { actual: '2026-03-02T11:00:00.000Z', relation: 'overlaps', limit: '2026-03-02T10:00:00.000Z' },
    ],
    [
      'ALREADY_PROMISED 2026-03-02T10:05:43.937Z to 2026-03-02T11:15:02.881Z',
      { actual: '2026-03-02T10:05:43.937Z', relation: 'to', limit: '2026-03-02T11:15:02.881Z' },
    ],
    ['HOLDS_ENOUGH 2 >= 2 jobs', { actual: '2', relation: '>=', limit: '2', unit: 'jobs' }],
    ['HAS_OFFER 28 s left', { actual: '28', unit: 's' }],
    [
      'NOT_AVAILABLE on_break not in available',
      { actual: 'on_break', relation: 'not in', limit: 'available' },
    ],
    ['NO_COMMON_LANGUAGE zh not in en, es', { actual: 'zh', relation: 'not in', limit: 'en, es' }],
    ['MISSING_SKILL gas, roof work', { subject: 'gas, roof work' }],
    ['radius ok', {}],
    ['radius 2100 <= 3000 m', { actual: '2100', relation: '<=', limit: '3000', unit: 'm' }],
    ['NO_POSITION', {}],
  ])('%s', (text, parts) => {
    expect(readVerdict(text)).toEqual({ ...nothing, code: text.split(' ')[0], ...parts });
  });
});
