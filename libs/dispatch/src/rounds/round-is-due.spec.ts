import { roundIsDue } from './round-is-due.js';

const policy = { batchWindowSeconds: 5, batchScarcity: 3 };
const scarce = { openJobs: 4, topPriority: 0, freeWorkers: 5, sinceLastRoundSeconds: 1 };

describe('a round', () => {
  it('waits for company only while jobs compete for the same few workers', () => {
    expect(roundIsDue(scarce, policy)).toBe(false);
    expect(roundIsDue({ ...scarce, freeWorkers: 12 }, policy)).toBe(true);
  });

  it.each([
    ['a lone job', { openJobs: 1 }],
    ['an emergency', { topPriority: 100 }],
    ['the first round of an area', { sinceLastRoundSeconds: null }],
    ['a window that is over', { sinceLastRoundSeconds: 5 }],
  ])('does not wait with %s', (_, change) => {
    expect(roundIsDue({ ...scarce, ...change }, policy)).toBe(true);
  });

  it('never waits when the policy gives it no window', () => {
    expect(roundIsDue(scarce, { ...policy, batchWindowSeconds: 0 })).toBe(true);
  });
});
