import { type JobNow, judgeLate } from './judge-late.js';

const now = new Date('2026-03-02T12:00:00Z');
const at = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
const job: JobNow = { state: 'in_progress', pausedFrom: null, workerId: 'ann', assignedAt: at(60) };
const complete = { kind: 'complete', workerId: 'ann', occurredAt: at(10) };
const code = (operation = complete, change: Partial<JobNow> = {}, changedByOthers: string[] = []) => {
  const verdict = judgeLate(operation, { ...job, ...change }, changedByOthers);
  return verdict.do === 'park' ? verdict.code : verdict.do;
};

describe('an operation about a job from a phone that was offline', () => {
  it('is done when it can be done as it was meant', () => {
    expect(code()).toBe('apply');
    expect(code(complete, {}, ['notes', 'priority', 'windowEnd'])).toBe('apply');
    expect(code({ ...complete, kind: 'note' })).toBe('apply');
  });

  it('is nothing new when somebody did the same', () => {
    expect(code({ ...complete, kind: 'start' })).toBe('nothing');
    expect(code(complete, { state: 'completed' })).toBe('nothing');
  });

  it('waits for a person when the world has moved on', () => {
    expect(code(complete, { workerId: 'bob' })).toBe('OTHER_WORKER');
    expect(code(complete, { workerId: null, state: 'unassigned' })).toBe('OTHER_WORKER');
    expect(code({ ...complete, occurredAt: at(90) })).toBe('EARLIER_VISIT');
    expect(code(complete, { state: 'cancelled' })).toBe('ILLEGAL_TRANSITION');
    expect(code(complete, {}, ['notes', 'address'])).toBe('CHANGED_UNDER_WAY');
  });
});
