import fc from 'fast-check';
import {
  eventsFor,
  JOB_STATES,
  type JobEvent,
  type JobState,
  nextState,
} from '#libs/job/src/lifecycle/job-states';
import type { LogEntry } from './entry';
import { overlay, unsentCount } from './optimistic';
import { jobAt, operation, proof } from './testing';

const done = (kinds: string[], more: Partial<LogEntry> = {}): LogEntry[] =>
  kinds.map(
    (kind, i) =>
      ({
        ...operation(kind as 'depart'),
        seq: i + 1,
        opId: `${i}`,
        occurredAt: `2026-03-02T08:0${i}:00.000Z`,
        state: 'waiting',
        ...more,
      }) as LogEntry,
  );

describe('the job as the worker left it', () => {
  it('stands where the unsent steps lead', () => {
    const job = overlay(jobAt('assigned'), done(['depart', 'arrive', 'start', 'note', 'complete']));
    expect(job).toMatchObject({ state: 'completed', completedAt: '2026-03-02T08:04:00.000Z', version: 3 });
  });

  it('remembers what a pause interrupted', () => {
    const paused = overlay(jobAt('in_progress'), done(['pause']));
    expect(paused).toMatchObject({ state: 'paused', pausedFrom: 'in_progress' });
    expect(overlay(jobAt('in_progress'), done(['pause', 'resume']))).toMatchObject({
      state: 'in_progress',
      pausedFrom: null,
    });
  });

  it('leaves out what was refused, what is impossible by now, and what is of another job', () => {
    expect(overlay(jobAt('assigned'), done(['depart'], { state: 'rejected' })).state).toBe('assigned');
    expect(overlay(jobAt('en_route'), done(['depart', 'arrive'])).state).toBe('arrived');
    expect(overlay(jobAt('assigned', { id: 'other' }), done(['depart'])).state).toBe('assigned');
  });

  it('agrees with the table of states, whatever is done in whatever order', () => {
    const walk = fc.array(fc.nat(20), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...JOB_STATES), walk, (from, picks) => {
        let posture: { state: JobState; pausedFrom: JobState | null } = { state: from, pausedFrom: null };
        const kinds: JobEvent[] = [];
        for (const pick of picks) {
          const possible = eventsFor(posture, 'worker');
          const event = possible[pick % Math.max(1, possible.length)];
          if (!event) break;
          const state = nextState(posture, event)!;
          posture = { state, pausedFrom: event === 'pause' ? posture.state : null };
          kinds.push(event);
        }
        expect(overlay(jobAt(from), done(kinds)).state).toBe(posture.state);
      }),
      { numRuns: 200 },
    );
  });

  it('counts what waits, and not what was refused', () => {
    const list = [
      ...done(['note']),
      { ...proof('photo', 'p1'), seq: 8, state: 'sending' },
      { ...proof('note', 'p2'), seq: 9, state: 'rejected' },
    ] as LogEntry[];
    expect(unsentCount(list)).toBe(2);
  });
});
