import { Invalid } from '#kernel';
import { DEFAULT_POLICY } from '../model/match-policy.js';
import { aJob, aWorker, awayBy, minutes, NOW } from '../testing/builders.js';
import { matchBatch, unassignedPrice } from './batch.js';
import { rankCandidates } from './candidates.js';
import { draw, drawIsHonest } from './draw.js';
import { modeFor, select } from './select.js';
import { nextWave } from './waves.js';

const at = (id: string, metres: number, tasksToday = 0) =>
  aWorker({ id, position: awayBy(metres), tasksToday });
/** `near` is tired, `mid` is fresh, `far` is out of the first ring. */
const workers = [at('far', 2_600), at('near', 200, 30), at('mid', 900), at('gone', 9_000)];
const job = aJob();
const candidates = rankCandidates(job, workers, DEFAULT_POLICY, NOW);

describe('the policies for one job', () => {
  it('rank only who is eligible, best score first', () => {
    expect(candidates.map((c) => c.workerId)).toEqual(['mid', 'far', 'near']);
  });

  it('each choose in their own way', () => {
    expect(select('nearest', candidates, DEFAULT_POLICY).workerIds).toEqual(['near']);
    expect(select('best_score', candidates, DEFAULT_POLICY).workerIds).toEqual(['mid']);
    expect(select('least_loaded', candidates, DEFAULT_POLICY).workerIds).toEqual(['mid']);
    expect(select('broadcast', candidates, { ...DEFAULT_POLICY, broadcastCount: 2 }).workerIds).toEqual([
      'mid',
      'far',
    ]);
    expect(select('waves', candidates, DEFAULT_POLICY).workerIds).toEqual(['mid', 'near']);
    expect(select('nearest', [], DEFAULT_POLICY).workerIds).toEqual([]);
    expect(() => select('batch' as 'nearest', candidates, DEFAULT_POLICY)).toThrow(Invalid);
  });

  it('draw at random so that anybody can draw again', () => {
    const first = select('random', candidates, DEFAULT_POLICY, 42);
    expect(select('random', [...candidates].reverse(), DEFAULT_POLICY, 42)).toEqual(first);
    expect(drawIsHonest(first.draw!)).toBe(true);
    expect(drawIsHonest({ ...first.draw!, drawn: 'cousin' })).toBe(false);
    expect(drawIsHonest({ ...first.draw!, seed: 43 })).toBe(false);
    expect(drawIsHonest({ ...first.draw!, pool: [...first.draw!.pool].reverse() })).toBe(false);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      const { drawn } = draw(['a', 'b', 'c'], seed);
      counts.set(drawn!, (counts.get(drawn!) ?? 0) + 1);
    }
    for (const id of ['a', 'b', 'c']) expect(Math.abs(counts.get(id)! - 1_000)).toBeLessThan(150);
    expect(draw([], 1).drawn).toBeNull();
    expect(() => draw(['a'], 0.5)).toThrow('seed');
  });

  it('choose by themselves between greedy and batch', () => {
    expect(modeFor(DEFAULT_POLICY, 1)).toBe('best_score');
    expect(modeFor(DEFAULT_POLICY, 2)).toBe('batch');
    expect(modeFor({ ...DEFAULT_POLICY, mode: 'waves' }, 9)).toBe('waves');
  });
});

describe('waves', () => {
  it('widen ring by ring, ask nobody twice, and end at the desk', () => {
    expect(nextWave(candidates, DEFAULT_POLICY, 0)).toEqual({
      kind: 'offer',
      wave: 0,
      radiusMetres: 1_500,
      workerIds: ['mid', 'near'],
      waitSeconds: 45,
    });
    expect(nextWave(candidates, DEFAULT_POLICY, 1, ['mid', 'near'])).toMatchObject({
      wave: 1,
      workerIds: ['far'],
    });
    expect(nextWave(candidates, DEFAULT_POLICY, 2, ['mid', 'near'])).toMatchObject({
      wave: 2,
      workerIds: ['far'],
      waitSeconds: 120,
    });
    expect(nextWave(candidates, DEFAULT_POLICY, 2, ['mid', 'near', 'far'])).toEqual({ kind: 'desk' });
    expect(nextWave([], DEFAULT_POLICY, 0)).toEqual({ kind: 'desk' });
  });
});

describe('a batch', () => {
  it('gives up a little on one job to gain more on another', () => {
    const jobs = [aJob({ id: 'j1' }), aJob({ id: 'j2', point: awayBy(1_000, 180)! })];
    // Greedy gives `between` to j1, and leaves j2 the long way.
    const between = aWorker({ id: 'between', position: awayBy(300, 180) });
    const north = aWorker({ id: 'north', position: awayBy(500) });
    const result = matchBatch(jobs, [between, north], DEFAULT_POLICY, NOW);
    expect(result.assignments.map((a) => [a.jobId, a.workerId])).toEqual([
      ['j1', 'north'],
      ['j2', 'between'],
    ]);
    expect(result.certificate).toMatchObject({ optimal: true, faults: [] });
  });

  it('leaves the job out whose waiting costs least', () => {
    const jobs = [
      aJob({ id: 'new' }),
      aJob({ id: 'waiting', createdAt: NOW - minutes(30) }),
      aJob({ id: 'urgent', priority: 2 }),
      aJob({ id: 'nobody', skills: [{ skill: 'gas', level: 1 }] }),
    ];
    const result = matchBatch(jobs, [at('a', 100), at('b', 200)], DEFAULT_POLICY, NOW);
    expect(result.assignments.map((a) => a.jobId)).toEqual(['waiting', 'urgent']);
    expect(result.unassigned).toEqual([
      { jobId: 'new', price: 1_000, candidates: 2 },
      { jobId: 'nobody', price: 1_000, candidates: 0 },
    ]);
    expect(unassignedPrice(jobs[1]!, DEFAULT_POLICY, NOW)).toBe(1_030);
  });

  it('gives a busy worker the next leg, from where the present job ends', () => {
    const busy = aWorker({
      id: 'busy',
      status: 'busy',
      position: awayBy(2_900),
      nextFree: { point: awayBy(100)!, at: NOW + minutes(5) },
    });
    const result = matchBatch([job, aJob({ id: 'other' })], [busy, at('free', 2_000)], DEFAULT_POLICY, NOW);
    expect(result.assignments.find((a) => a.workerId === 'busy')!.candidate.leg.origin).toBe('next_free');
    expect(result.unassigned).toEqual([]);
  });

  it('refuses an id that is there twice', () => {
    expect(() => matchBatch([job, job], [], DEFAULT_POLICY, NOW)).toThrow('jobs[1].id');
    expect(() => matchBatch([], [at('a', 1), at('a', 2)], DEFAULT_POLICY, NOW)).toThrow('workers[1].id');
  });

  it('of nothing is nothing', () => {
    expect(matchBatch([], [], DEFAULT_POLICY, NOW)).toMatchObject({
      assignments: [],
      unassigned: [],
      certificate: { optimal: true },
    });
    expect(matchBatch([job], [], DEFAULT_POLICY, NOW).unassigned).toHaveLength(1);
  });
});
