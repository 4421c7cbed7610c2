import { type Circumstances, correctedTime, judgeRecorded } from './judge-recorded.js';

const now = new Date('2026-03-02T12:00:00Z');
const at = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
const quiet = { subjectType: 'job', now, occurredAt: at(10), behind: false, suspended: false };
const code = (change: Partial<Circumstances>) => {
  const verdict = judgeRecorded({ ...quiet, ...change });
  return verdict.do === 'park' ? verdict.code : verdict.do;
};

describe('what a phone recorded without a line', () => {
  it('waits for a person behind what waits, from the suspended, and when it is too old', () => {
    expect(code({})).toBe('apply');
    expect(code({ behind: true, suspended: true })).toBe('BEHIND_CONFLICT');
    expect(code({ suspended: true })).toBe('SUSPENDED');
    expect(code({ occurredAt: at(60 * 24 * 30) })).toBe('apply');
    expect(code({ occurredAt: at(60 * 24 * 31) })).toBe('TOO_OLD');
  });

  it('keeps its time, corrected when the clock of the phone was wrong', () => {
    expect(correctedTime({ occurredAt: at(10), sentAt: at(1), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(70), sentAt: at(60), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(-50), sentAt: at(-60), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(-5), now })).toEqual(at(-5));
  });
});
