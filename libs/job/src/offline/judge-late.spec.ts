import { type Circumstances, correctedTime, judgeLate } from './judge-late.js';

const now = new Date('2026-03-02T12:00:00Z');
const at = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
const job = { state: 'in_progress', pausedFrom: null, workerId: 'ann', assignedAt: at(60) } as const;
const quiet: Circumstances = { job, now, behind: false, suspended: false, changedByOthers: [] };
const complete = { kind: 'complete', workerId: 'ann', occurredAt: at(10) };
const code = (operation = complete, circumstances: Partial<Circumstances> = {}) => {
  const verdict = judgeLate(operation, { ...quiet, ...circumstances });
  return verdict.do === 'park' ? verdict.code : verdict.do;
};

describe('an operation from a phone that was offline', () => {
  it('is done when it can be done as it was meant', () => {
    expect(code()).toBe('apply');
    expect(code(complete, { changedByOthers: ['notes', 'priority', 'windowEnd'] })).toBe('apply');
    expect(code({ ...complete, kind: 'note' })).toBe('apply');
  });

  it('is nothing new when somebody did the same', () => {
    expect(code({ ...complete, kind: 'start' })).toBe('nothing');
    expect(code(complete, { job: { ...job, state: 'completed' } })).toBe('nothing');
  });

  it('waits for a person when the world has moved on', () => {
    expect(code(complete, { behind: true })).toBe('BEHIND_CONFLICT');
    expect(code(complete, { suspended: true })).toBe('SUSPENDED');
    expect(code({ ...complete, occurredAt: at(60 * 24 * 31) })).toBe('TOO_OLD');
    expect(code(complete, { job: { ...job, workerId: 'bob' } })).toBe('OTHER_WORKER');
    expect(code(complete, { job: { ...job, workerId: null, state: 'unassigned' } })).toBe('OTHER_WORKER');
    expect(code({ ...complete, occurredAt: at(90) })).toBe('EARLIER_VISIT');
    expect(code(complete, { job: { ...job, state: 'cancelled' } })).toBe('ILLEGAL_TRANSITION');
    expect(code(complete, { changedByOthers: ['notes', 'address'] })).toBe('CHANGED_UNDER_WAY');
  });

  it('keeps its time, corrected when the clock of the phone was wrong', () => {
    expect(correctedTime({ occurredAt: at(10), sentAt: at(1), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(70), sentAt: at(60), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(-50), sentAt: at(-60), now })).toEqual(at(10));
    expect(correctedTime({ occurredAt: at(-5), now })).toEqual(at(-5));
  });
});
