import { compare, type DayScores, tally } from './comparison';

const sheet = (change: Partial<DayScores> = {}): DayScores => ({
  jobs: 10,
  assigned: 8,
  unassigned: 2,
  travelMetres: 40_000,
  travelMinutes: 80,
  promises: 5,
  promisesKept: 4,
  onTimeShare: 0.8,
  timeToAssignSeconds: { median: 30, p90: 90, mean: 40 },
  workersUsed: 3,
  workersOnDuty: 4,
  gini: 0.3,
  offers: 16,
  ...change,
});

const verdicts = (proposed: Partial<DayScores>, present: Partial<DayScores> = {}) =>
  Object.fromEntries(
    compare({ recorded: sheet(), present: sheet(present), proposed: sheet(proposed) }).map((measure) => [
      measure.name,
      measure.verdict,
    ]),
  );

describe('a policy tried beside the present one', () => {
  it('is the same where it differs by less than is shown', () => {
    expect(new Set(Object.values(verdicts({ gini: 0.301, onTimeShare: 0.8001 })))).toEqual(new Set(['same']));
  });

  it('is better with more on time, less waiting and less unfairness', () => {
    const found = verdicts({
      onTimeShare: 0.9,
      gini: 0.2,
      timeToAssignSeconds: { median: 20, p90: 120, mean: 40 },
    });
    expect(found).toMatchObject({ onTime: 'better', fairness: 'better', median: 'better', p90: 'worse' });
  });

  it('is not blamed for driving to jobs that the other leaves undone', () => {
    expect(verdicts({ assigned: 10, unassigned: 0, travelMinutes: 90, offers: 20 })).toMatchObject({
      assigned: 'better',
      unassigned: 'better',
      travel: 'better',
      offers: 'same',
    });
  });

  it('is not judged where there is nothing to judge by', () => {
    const nothing = {
      assigned: 0,
      onTimeShare: null,
      timeToAssignSeconds: { median: null, p90: null, mean: null },
    };
    expect(verdicts(nothing)).toMatchObject({
      onTime: 'unknown',
      travel: 'unknown',
      p90: 'unknown',
      assigned: 'worse',
    });
  });

  it('is summed up', () => {
    const measures = compare({
      recorded: sheet(),
      present: sheet(),
      proposed: sheet({ gini: 0.2, onTimeShare: 0.5 }),
    });
    expect(tally(measures)).toEqual({ better: 1, worse: 1 });
  });
});
