import fc from 'fast-check';
import { destination } from '#kernel';
import type { MatchJob } from '../model/match-job.js';
import { DEFAULT_POLICY, type MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { aJob, aWorker, awayBy, CENTRE, minutes, NOW } from '../testing/builders.js';
import { eligibleLeg, evaluate, reasonsAgainst } from './evaluate.js';
import { HARD_RULES } from './hard-rules.js';
import { planLeg } from './leg.js';
import { renderVerdict } from './render.js';

const reasons = (job: Partial<MatchJob>, worker: Partial<MatchWorker>, policy: Partial<MatchPolicy> = {}) =>
  reasonsAgainst(evaluate(aJob(job), aWorker(worker), { ...DEFAULT_POLICY, ...policy }, NOW));

const at = (offsetMinutes: number) => NOW + minutes(offsetMinutes);
const iso = (offsetMinutes: number) => new Date(at(offsetMinutes)).toISOString();

/** Each hard rule once: what keeps the worker out, and how the desk reads it. */
const STORIES: Record<string, [Partial<MatchJob>, Partial<MatchWorker>, string, Partial<MatchPolicy>?]> = {
  status: [{}, { status: 'on_break' }, 'NOT_AVAILABLE on_break not in available'],
  suspension: [{}, { suspendedUntil: at(600) }, `SUSPENDED ${iso(0)} < ${iso(600)}`],
  blocked_worker: [{ blockedWorkerIds: ['worker'] }, {}, 'BLOCKED_WORKER'],
  required_worker: [{ requiredWorkerIds: ['ann', 'bo'] }, {}, 'OTHER_WORKER_REQUIRED'],
  conflict_of_interest: [
    { conflictIds: ['firm-1', 'p-9'] },
    { conflictIds: ['p-9'] },
    'CONFLICT_OF_INTEREST p-9',
  ],
  service_area: [{ areaIds: ['north'] }, { areaIds: ['south'] }, 'OUT_OF_AREA'],
  skill_held: [{ skills: [{ skill: 'gas', level: 1 }] }, {}, 'MISSING_SKILL gas'],
  skill_level: [
    { skills: [{ skill: 'gas', level: 3 }] },
    { skills: [{ skill: 'gas', level: 1, expiresAt: null }] },
    'SKILL_LEVEL_TOO_LOW gas 1 < 3 level',
  ],
  skill_current: [
    { skills: [{ skill: 'gas', level: 1 }], point: awayBy(1_000)!, durationSeconds: 3_540 },
    { skills: [{ skill: 'gas', level: 1, expiresAt: at(10) }] },
    `SKILL_EXPIRED gas ${iso(10)} < ${iso(60)}`,
  ],
  equipment: [{ equipment: ['van', 'ladder'] }, { equipment: ['van'] }, 'MISSING_EQUIPMENT ladder'],
  language: [{ customerLanguage: 'zh' }, {}, 'NO_COMMON_LANGUAGE zh not in en'],
  capacity: [{}, { tasksToday: 8, maxTasksToday: 8 }, 'DAY_FULL 9 > 8 tasks'],
  known_position: [
    { skills: [{ skill: 'gas', level: 1 }] },
    { position: null, skills: [{ skill: 'gas', level: 1, expiresAt: at(600) }] },
    'NO_POSITION',
  ],
  position_age: [
    {},
    { position: { ...CENTRE, fixedAt: NOW - 340_000, accuracyMetres: 5 } },
    'POSITION_STALE 340 > 120 s',
  ],
  position_accuracy: [
    {},
    { position: { ...CENTRE, fixedAt: NOW, accuracyMetres: 900 } },
    'POSITION_INACCURATE 900 > 500 m',
  ],
  radius: [{}, { position: awayBy(3_412) }, 'OUT_OF_RADIUS 3412 > 3000 m'],
  forward_reach: [
    { arrivalWindow: { start: NOW, end: at(120) } },
    { status: 'busy', nextFree: { point: CENTRE, at: at(40) } },
    'FREE_TOO_LATE 2400 > 1800 s',
  ],
  arrival_window: [
    { arrivalWindow: { start: NOW, end: at(1) }, point: awayBy(1_000)! },
    { position: awayBy(2_000) },
    'ARRIVES_LATE 270 > 0 s',
  ],
  shift: [
    { point: awayBy(1_000)! },
    { shifts: [{ start: NOW, end: at(60) }] },
    'SHIFT_TOO_SHORT 3660 > 3600 s',
  ],
  time_off: [
    { point: awayBy(1_000)! },
    { timeOff: [{ start: at(30), end: at(90) }] },
    `TIME_OFF ${iso(61)} overlaps ${iso(30)}`,
  ],
  busy: [
    { point: awayBy(1_000)! },
    { busy: [{ start: at(45), end: at(90) }] },
    `ALREADY_PROMISED ${iso(61)} overlaps ${iso(45)}`,
  ],
};

describe('the hard rules', () => {
  it('let an ordinary worker do an ordinary job', () => {
    expect(reasons({}, {})).toEqual([]);
    expect(eligibleLeg(aJob(), aWorker(), DEFAULT_POLICY, NOW)?.distanceMetres).toBeCloseTo(1_000, 3);
  });

  it('each have a story, a code of their own and a business reason', () => {
    expect(Object.keys(STORIES).sort()).toEqual(HARD_RULES.map((r) => r.rule).sort());
    expect(new Set(HARD_RULES.map((r) => r.code)).size).toBe(HARD_RULES.length);
    for (const rule of HARD_RULES) expect(rule.why.length).toBeGreaterThan(20);
  });

  it.each(Object.entries(STORIES))('%s keeps a worker out, alone and with its numbers', (rule, story) => {
    const [job, worker, line, policy = {}] = story;
    expect(reasons(job, worker, policy)).toEqual([line]);
    const whole = evaluate(aJob(job), aWorker(worker), { ...DEFAULT_POLICY, ...policy }, NOW);
    expect(whole.verdicts.filter((v) => !v.ok).map((v) => v.rule)).toEqual([rule]);
    expect(eligibleLeg(aJob(job), aWorker(worker), { ...DEFAULT_POLICY, ...policy }, NOW)).toBeNull();
  });

  it('say what passed, too', () => {
    const { verdicts } = evaluate(aJob(), aWorker(), DEFAULT_POLICY, NOW);
    expect(verdicts.map(renderVerdict)).toEqual(
      expect.arrayContaining(['radius 1000 <= 3000 m', 'position_age 0 <= 120 s', 'equipment ok']),
    );
  });

  it('never show a miss as equal numbers', () => {
    expect(reasons({}, { position: awayBy(3_000.2) })).toEqual(['OUT_OF_RADIUS 3000.200 > 3000.000 m']);
  });
});

describe('a leg', () => {
  it('starts where the present job ends when forward dispatch is on', () => {
    const there = destination(CENTRE, 90, 400);
    const worker = aWorker({
      status: 'busy',
      nextFree: { point: there, at: at(20) },
      position: awayBy(5_000),
    });
    const leg = eligibleLeg(aJob(), worker, DEFAULT_POLICY, NOW)!;
    expect(leg).toMatchObject({ origin: 'next_free', departAt: at(20) });
    expect(leg.distanceMetres).toBeCloseTo(400, 3);
    const off = { ...DEFAULT_POLICY, forwardDispatch: false };
    expect(reasonsAgainst(evaluate(aJob(), worker, off, NOW))).toContain(
      'NOT_AVAILABLE busy not in available',
    );
  });

  it('of a job for tomorrow starts at the base, whatever the phone says now', () => {
    const day = 24 * 60;
    const job = aJob({ arrivalWindow: { start: at(day), end: at(day + 60) } });
    const worker = aWorker({
      status: 'off_duty',
      position: null,
      base: destination(CENTRE, 10, 2_000),
      shifts: [{ start: at(day - 60), end: at(day + 300) }],
    });
    const leg = eligibleLeg(job, worker, DEFAULT_POLICY, NOW)!;
    expect(leg.origin).toBe('base');
    expect(leg.arriveAt).toBeCloseTo(at(day), 3);
  });

  it('waits for the first gap that holds the whole trip', () => {
    const job = aJob({ point: awayBy(1_000)!, arrivalWindow: { start: NOW, end: at(240) } });
    const worker = aWorker({
      busy: [{ start: at(30), end: at(60) }],
      timeOff: [{ start: at(90), end: at(120) }],
    });
    expect(eligibleLeg(job, worker, DEFAULT_POLICY, NOW)?.departAt).toBe(at(120));
  });

  it('that passes every rule lies inside one shift, clear of everything promised, and in time', () => {
    const span = fc
      .tuple(fc.integer({ min: -60, max: 400 }), fc.integer({ min: 1, max: 200 }))
      .map(([start, length]) => ({ start: at(start), end: at(start + length) }));
    const spans = fc.array(span, { maxLength: 4 });
    fc.assert(
      fc.property(
        spans,
        spans,
        spans,
        span,
        fc.integer({ min: 0, max: 2_900 }),
        (shifts, timeOff, busy, w, metres) => {
          const job = aJob({ arrivalWindow: w, durationSeconds: 1_800 });
          const worker = aWorker({ shifts, timeOff, busy, position: awayBy(metres) });
          const leg = eligibleLeg(job, worker, DEFAULT_POLICY, NOW);
          if (!leg) return;
          expect(leg.departAt).toBeGreaterThanOrEqual(NOW);
          expect(leg.arriveAt).toBeLessThanOrEqual(w.end);
          for (const t of [...timeOff, ...busy])
            expect(t.end <= leg.departAt || leg.endAt <= t.start).toBe(true);
          for (let t = leg.departAt; t < leg.endAt; t += minutes(1))
            expect(shifts.some((s) => s.start <= t && t < s.end)).toBe(true);
          expect(planLeg(job, worker, DEFAULT_POLICY, NOW)).toEqual(leg);
        },
      ),
    );
  });
});
