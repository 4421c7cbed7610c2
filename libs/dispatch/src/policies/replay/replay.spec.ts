import { destination } from '#kernel';
import { dispatchBasePolicy } from '../../dispatch.policy.js';
import { CENTRE, day, job, worker } from '../../testing/sample-day.js';
import { effectivePolicy, type PolicyBody } from '../effective-policy.js';
import { replay } from './replay.js';
import { gini } from './score-day.js';

const policyOf = (body: PolicyBody) => () =>
  effectivePolicy({ organization: dispatchBasePolicy.defaults, default: { version: 1, body } });

describe('a day replayed', () => {
  const near = worker('near', destination(CENTRE, 0, 200));
  const far = worker('far', destination(CENTRE, 90, 2_500));
  const jobs = [0, 60, 120, 180].map((minute, i) => job(`job-${i}`, minute, CENTRE));

  it('serves every job when it can, and counts what that took', () => {
    const sheet = replay(day(jobs, [near, far]), {
      policyOf: policyOf({ method: 'nearest' }),
      seed: 1,
    });
    expect(sheet).toMatchObject({ jobs: 4, assigned: 4, unassigned: 0, promises: 4, promisesKept: 4 });
    expect(sheet.workersUsed).toBe(1);
    expect(sheet.timeToAssignSeconds.median).toBeLessThan(20);
    expect(sheet.travelMetres).toBe(Math.round(200 * dispatchBasePolicy.defaults.detourFactor));
  });

  it('shows what another policy would change: fairer, and further to go', () => {
    const recorded = day(jobs, [near, far]);
    const nearest = replay(recorded, { policyOf: policyOf({ method: 'nearest' }), seed: 1 });
    const shared = replay(recorded, { policyOf: policyOf({ method: 'least_loaded' }), seed: 1 });
    expect(shared.workersUsed).toBe(2);
    expect(shared.gini).toBeLessThan(nearest.gini);
    expect(shared.travelMetres).toBeGreaterThan(nearest.travelMetres);
  });

  it('leaves undone what nobody may reach, and says that the promise broke', () => {
    const options = { policyOf: policyOf({ radiusMetres: 1_000 }), seed: 1 };
    expect(replay(day(jobs, [far]), options)).toMatchObject({ assigned: 0, onTimeShare: 0 });
    expect(replay(day(jobs, []), options)).toMatchObject({ assigned: 0, workersOnDuty: 0, gini: 0 });
  });

  it('gives the same answer for the same seed', () => {
    const many = Array.from({ length: 60 }, (_, i) => job(`j${i}`, i * 3, destination(CENTRE, i * 40, 900)));
    const crew = [near, far, worker('third', destination(CENTRE, 200, 800))];
    const recorded = { ...day(many, crew), answers: { acceptedShare: 0.6, answerSeconds: 12, offers: 9 } };
    const options = { policyOf: policyOf({ radiusMetres: null }), seed: 7 };
    const once = replay(recorded, options);
    expect(replay(recorded, options)).toEqual(once);
    expect(once.offers).toBeGreaterThan(once.assigned);
    expect(once.assigned + once.unassigned).toBe(60);
  });
});

it.each([
  [[2, 2, 2, 2], 0],
  [[0, 0, 0, 8], 0.75],
  [[], 0],
])('the inequality of %j is %d', (shares, expected) => {
  expect(gini(shares)).toBeCloseTo(expected, 9);
});
