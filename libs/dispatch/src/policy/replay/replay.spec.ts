import { defaultPolicy } from '#config/policy/index';
import { destination, type GeoPoint } from '#kernel';
import type { MatchJob, MatchWorker } from '#matching';
import { effectivePolicy, type PolicyBody } from '../../rules/effective-policy.js';
import type { RecordedDay, RecordedJob, RecordedWorker } from './recorded-day.js';
import { replay } from './replay.js';
import { gini } from './score-sheet.js';

const CENTRE: GeoPoint = { lat: 42.36, lon: -71.06 };
const MINUTE = 60_000;
const FROM = Date.UTC(2026, 2, 2, 8);
const TO = FROM + 8 * 60 * MINUTE;

const policyOf = (body: PolicyBody) => () =>
  effectivePolicy({ organization: defaultPolicy.dispatch, default: { version: 1, body } });

function job(id: string, minute: number, at: GeoPoint): RecordedJob {
  const createdAt = FROM + minute * MINUTE;
  const seen: MatchJob = {
    id,
    point: at,
    arrivalWindow: { start: createdAt, end: createdAt + 60 * MINUTE },
    durationSeconds: 1_200,
    skills: [],
    equipment: [],
    priority: 0,
    areaIds: [],
    blockedWorkerIds: [],
    requiredWorkerIds: [],
    preferredWorkerIds: [],
    usualWorkerIds: [],
    customerLanguage: null,
    conflictIds: [],
    createdAt,
  };
  return {
    id,
    serviceTypeId: null,
    createdAt,
    searchEndsAt: createdAt + 60 * MINUTE,
    promisedBy: createdAt + 60 * MINUTE,
    workedSeconds: null,
    at: () => seen,
    outcome: null,
  };
}

function worker(id: string, at: GeoPoint): RecordedWorker {
  const base: MatchWorker = {
    id,
    status: 'available',
    position: null,
    base: null,
    areaIds: [],
    maxRadiusMetres: null,
    skills: [],
    equipment: [],
    languages: [],
    shifts: [{ start: FROM, end: TO }],
    timeOff: [],
    busy: [],
    nextFree: null,
    nextStop: null,
    tasksToday: 0,
    maxTasksToday: null,
    lastAssignedAt: null,
    rating: null,
    qualityScore: null,
    conflictIds: [],
    suspendedUntil: null,
  };
  const fixes = Array.from({ length: 480 }, (_, i) => ({ ...at, at: FROM + i * MINUTE, accuracyMetres: 8 }));
  return { id, base, onDuty: [{ start: FROM, end: TO }], fixes, maxOpenAssignments: null };
}

const day = (jobs: RecordedJob[], workers: RecordedWorker[]): RecordedDay => ({
  from: FROM,
  to: TO,
  jobs,
  workers,
  answers: { acceptedShare: 1, answerSeconds: 10, offers: 100 },
});

describe('a day replayed', () => {
  const near = worker('near', destination(CENTRE, 0, 200));
  const far = worker('far', destination(CENTRE, 90, 2_500));
  const jobs = [0, 60, 120, 180].map((minute, i) => job(`job-${i}`, minute, CENTRE));

  it('serves every job when it can, and counts what that took', async () => {
    const sheet = await replay(day(jobs, [near, far]), {
      policyOf: policyOf({ method: 'nearest' }),
      seed: 1,
    });
    expect(sheet).toMatchObject({ jobs: 4, assigned: 4, unassigned: 0, promises: 4, promisesKept: 4 });
    expect(sheet.workersUsed).toBe(1);
    expect(sheet.timeToAssignSeconds.median).toBeLessThan(20);
    expect(sheet.travelMetres).toBe(Math.round(200 * defaultPolicy.dispatch.detourFactor));
  });

  it('shows what another policy would change: fairer, and further to go', async () => {
    const recorded = day(jobs, [near, far]);
    const nearest = await replay(recorded, { policyOf: policyOf({ method: 'nearest' }), seed: 1 });
    const shared = await replay(recorded, { policyOf: policyOf({ method: 'least_loaded' }), seed: 1 });
    expect(shared.workersUsed).toBe(2);
    expect(shared.gini).toBeLessThan(nearest.gini);
    expect(shared.travelMetres).toBeGreaterThan(nearest.travelMetres);
  });

  it('leaves undone what nobody may reach, and says that the promise broke', async () => {
    const options = { policyOf: policyOf({ radiusMetres: 1_000 }), seed: 1 };
    expect(await replay(day(jobs, [far]), options)).toMatchObject({ assigned: 0, onTimeShare: 0 });
    expect(await replay(day(jobs, []), options)).toMatchObject({ assigned: 0, workersOnDuty: 0, gini: 0 });
  });

  it('gives the same answer for the same seed', async () => {
    const many = Array.from({ length: 60 }, (_, i) => job(`j${i}`, i * 3, destination(CENTRE, i * 40, 900)));
    const crew = [near, far, worker('third', destination(CENTRE, 200, 800))];
    const recorded = { ...day(many, crew), answers: { acceptedShare: 0.6, answerSeconds: 12, offers: 9 } };
    const options = { policyOf: policyOf({ radiusMetres: null }), seed: 7 };
    const once = await replay(recorded, options);
    expect(await replay(recorded, options)).toEqual(once);
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
