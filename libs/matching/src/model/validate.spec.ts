import type { Invalid } from '#kernel';
import { aJob, aWorker, NOW } from '../testing/builders.js';
import { DEFAULT_POLICY } from './match-policy.js';
import { validateJob, validatePolicy, validateWorker } from './validate.js';

const fields = (run: () => void): string[] => {
  try {
    run();
  } catch (error) {
    return (error as Invalid).errors.map((e) => e.field);
  }
  return [];
};

describe('validation', () => {
  it('accepts what the builders and the default policy give', () => {
    expect(fields(() => validateJob(aJob()))).toEqual([]);
    expect(fields(() => validateWorker(aWorker()))).toEqual([]);
    expect(fields(() => validatePolicy(DEFAULT_POLICY))).toEqual([]);
  });

  it('names every bad field at once', () => {
    const job = aJob({
      point: { lat: 99, lon: 0 },
      arrivalWindow: { start: NOW, end: NOW - 1 },
      durationSeconds: -1,
      skills: [
        { skill: 'gas', level: 0 },
        { skill: 'gas', level: 1 },
      ],
      blockedWorkerIds: ['a'],
      requiredWorkerIds: ['a'],
    });
    expect(fields(() => validateJob(job))).toEqual([
      'point',
      'arrivalWindow.end',
      'durationSeconds',
      'skills[0].level',
      'skills[1]',
      'requiredWorkerIds[0]',
    ]);
    const worker = aWorker({
      position: { lat: 0, lon: 200, fixedAt: Number.NaN, accuracyMetres: -1 },
      shifts: [{ start: 2, end: 1 }],
      rating: -1,
    });
    expect(fields(() => validateWorker(worker))).toEqual([
      'position',
      'position.fixedAt',
      'position.accuracyMetres',
      'shifts[0].end',
      'rating',
    ]);
    const policy = {
      ...DEFAULT_POLICY,
      radiusMetres: -5,
      candidatesPerJob: 0,
      travel: { ...DEFAULT_POLICY.travel, speedMetresPerSecond: 0 },
    };
    expect(fields(() => validatePolicy(policy))).toEqual([
      'travel.speedMetresPerSecond',
      'radiusMetres',
      'candidatesPerJob',
    ]);
  });
});
