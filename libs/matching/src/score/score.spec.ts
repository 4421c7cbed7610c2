import { destination } from '#kernel';
import { DEFAULT_POLICY, SCORE_TERMS } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { aJob, aWorker, awayBy, CENTRE, minutes, NOW } from '../testing/builders.js';
import { explain } from './explain.js';
import { score } from './score.js';
import { SOFT_RULES } from './terms.js';
import { whatWouldHaveToChange } from './what-would-change.js';

const job = aJob({
  skills: [{ skill: 'gas', level: 1 }],
  preferredWorkerIds: ['ann'],
  usualWorkerIds: ['cho', 'ann'],
});
const base: Partial<MatchWorker> = {
  skills: [{ skill: 'gas', level: 2, expiresAt: null }],
  rating: 4.5,
  qualityScore: 90,
  lastAssignedAt: NOW - minutes(30),
  tasksToday: 2,
};
const ann = aWorker({ ...base, id: 'ann' });
const raw = (worker: MatchWorker, term: string) =>
  score(job, worker, DEFAULT_POLICY, NOW).terms.find((t) => t.term === term)!.raw;

describe('the score', () => {
  it('lists every soft rule once, in the order of the policy', () => {
    expect(SOFT_RULES.map((r) => r.term)).toEqual([...SCORE_TERMS]);
  });

  it('shows each term with its raw measure, and adds up', () => {
    const { terms, total } = score(job, ann, DEFAULT_POLICY, NOW);
    expect(Object.fromEntries(terms.map((t) => [t.term, Math.round(t.raw * 100) / 100]))).toEqual({
      travel_time: 5.5,
      lateness_risk: 0,
      idle_fairness: 30,
      skill_surplus: 1,
      preferred_worker: 1,
      continuity: 0.5,
      rating: 4.5,
      quality_score: 90,
      workload_balance: 2,
      detour: 0,
    });
    expect(total).toBeCloseTo(-5.5 + 3 - 0.5 + 10 + 2.5 + 9 + 9 - 2, 6);
    expect(terms.reduce((sum, t) => sum + t.points, 0)).toBe(total);
  });

  it('measures lateness risk, idleness and detour where they matter', () => {
    const tight = aJob({ arrivalWindow: { start: NOW, end: NOW + minutes(8) } });
    expect(score(tight, ann, DEFAULT_POLICY, NOW).terms[1]!.raw).toBeCloseTo(1 - 2.5 / 4, 6);
    expect(raw(aWorker({ lastAssignedAt: null }), 'idle_fairness')).toBe(30);
    expect(raw(aWorker({ lastAssignedAt: NOW - minutes(9_000) }), 'idle_fairness')).toBe(480);
    expect(raw(aWorker({ nextStop: destination(CENTRE, 180, 1_000) }), 'detour')).toBeCloseTo(1, 1);
    expect(raw(aWorker({ nextStop: awayBy(1_000) }), 'detour')).toBeGreaterThan(5);
  });

  it('is explained in words and numbers', () => {
    const { lines } = explain(job, ann, DEFAULT_POLICY, NOW);
    expect(lines[0]).toBe('ann can do job: 25.5 points');
    expect(lines).toEqual(
      expect.arrayContaining([
        '1000 m from position, 5.5 min travel, arrives 2026-03-02T08:05:30.000Z',
        'travel_time 5.5 min x 1 = -5.5',
        'preferred_worker 1 yes x 10 = +10',
      ]),
    );
    const far = explain(job, aWorker({ id: 'far', position: awayBy(3_412) }), DEFAULT_POLICY, NOW);
    expect(far.lines).toEqual(['far cannot do job', 'MISSING_SKILL gas', 'OUT_OF_RADIUS 3412 > 3000 m']);
  });
});

describe('what would have to change', () => {
  const bob = aWorker({ ...base, id: 'bob', position: awayBy(2_500) });

  it('names each single change that would be enough, and it is', () => {
    const near = aWorker({ ...base, id: 'near', position: awayBy(500) });
    const answer = whatWouldHaveToChange(job, bob, near, DEFAULT_POLICY, NOW);
    expect(answer.barriers).toEqual([]);
    expect(answer.behindPoints).toBeCloseTo(9, 1);
    const idle = answer.anyOf.find((c) => c.term === 'idle_fairness')!;
    const better = { ...bob, lastAssignedAt: NOW - minutes(idle.to) };
    expect(score(job, better, DEFAULT_POLICY, NOW).total).toBeCloseTo(
      score(job, near, DEFAULT_POLICY, NOW).total,
      6,
    );
    expect(answer.anyOf.map((c) => c.term)).not.toContain('rating');
    expect(answer.lines[0]).toBe('bob is 9 points behind near');
  });

  it('puts hard rules first', () => {
    const answer = whatWouldHaveToChange(job, { ...bob, status: 'off_duty' }, ann, DEFAULT_POLICY, NOW);
    expect(answer.lines[0]).toBe('must clear NOT_AVAILABLE off_duty not in available');
  });

  it('says so when the loser is ahead', () => {
    const answer = whatWouldHaveToChange(job, ann, bob, DEFAULT_POLICY, NOW);
    expect(answer.anyOf).toEqual([]);
    expect(answer.lines).toEqual(['ann is not behind bob in points']);
  });
});
