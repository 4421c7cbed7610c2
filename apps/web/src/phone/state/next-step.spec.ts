import { JOB_STATES, nextState } from '#libs/job/src/lifecycle/job-states';
import { nextStep, otherEvents, type Visit } from './next-step';

const visit = (more: Partial<Visit> = {}): Visit => ({
  proofRequired: [],
  proved: [],
  checklist: [],
  ticked: [],
  ...more,
});

describe('the one next step', () => {
  it('walks a visit from the call to the end by the table of states', () => {
    let state = JOB_STATES[2];
    const walked: string[] = [];
    for (;;) {
      const step = nextStep({ state: state as 'assigned' }, visit());
      if (step?.type !== 'event') break;
      walked.push(step.event);
      state = nextState({ state }, step.event) as typeof state;
    }
    expect(walked).toEqual(['depart', 'arrive', 'start', 'complete']);
  });

  it('takes up again what was paused, and has nothing to say of what is over', () => {
    expect(nextStep({ state: 'paused', pausedFrom: 'in_progress' }, visit())).toEqual({
      type: 'event',
      event: 'resume',
    });
    for (const state of ['completed', 'closed', 'failed', 'cancelled', 'unassigned', 'offering'] as const)
      expect(nextStep({ state }, visit())).toBeNull();
  });

  it('asks for the checklist, then for the proof, before it lets complete', () => {
    const asks = visit({
      proofRequired: ['signature', 'photo'],
      checklist: [{ text: 'a' }, { text: 'b', required: false }, { text: 'c', required: true }],
      ticked: [0],
    });
    const at = { state: 'in_progress' } as const;
    expect(nextStep(at, asks)).toEqual({ type: 'checklist', left: 1 });
    expect(nextStep(at, { ...asks, ticked: [0, 2] })).toEqual({ type: 'proof', kind: 'photo' });
    expect(nextStep(at, { ...asks, ticked: [0, 2], proved: ['photo'] })).toEqual({
      type: 'proof',
      kind: 'signature',
    });
    expect(nextStep(at, { ...asks, ticked: [0, 2], proved: ['photo', 'signature'] })).toEqual({
      type: 'event',
      event: 'complete',
    });
  });

  it('puts everything else that is possible behind "more"', () => {
    const step = nextStep({ state: 'assigned' }, visit());
    expect(otherEvents({ state: 'assigned' }, step).sort()).toEqual(['arrive', 'fail', 'release']);
    expect(otherEvents({ state: 'arrived' }, nextStep({ state: 'arrived' }, visit())).sort()).toEqual([
      'fail',
      'pause',
      'undo_arrive',
    ]);
    // Nobody completes past a checklist by way of the sheet.
    expect(otherEvents({ state: 'in_progress' }, null)).not.toContain('complete');
  });
});
