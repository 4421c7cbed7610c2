import { nameless, whyChosen, whyUnfulfilled } from './decision-messages.js';
import type { StoredCandidate } from './round.entity.js';

const candidate = (more: Partial<StoredCandidate>): StoredCandidate => ({
  workerId: 'w',
  name: 'Ann Lee',
  eligible: false,
  rank: null,
  distanceMetres: 1_240,
  travelSeconds: 240,
  score: null,
  terms: [],
  reasons: [],
  ...more,
});

const asked = candidate({ reasons: ['ALREADY_ASKED'] });
const far = candidate({ reasons: ['OUT_OF_RADIUS 3412 > 3000 m'] });
const unskilled = candidate({ reasons: ['MISSING_SKILL gas'] });

describe('why nobody came', () => {
  it('counts the answers, and what kept the others', () => {
    expect(whyUnfulfilled(['declined', 'expired', 'withdrawn'], [asked, far, far, unskilled])).toBe(
      '3 offers went out and nobody took it: 1 declined, 2 did not answer. Others on duty could not: 2 too far away, 1 without the skill.',
    );
    expect(whyUnfulfilled(['expired'], [candidate({ eligible: true, rank: 1 })])).toBe(
      'One offer went out and nobody took it: 1 did not answer.',
    );
  });

  it('tells the obstacles where nobody could be asked', () => {
    expect(whyUnfulfilled([], [far, unskilled])).toBe(
      'None of the 2 workers on duty can take it: 1 too far away, 1 without the skill.',
    );
    expect(whyUnfulfilled([], [candidate({ eligible: true })])).toBe(
      'Nobody was asked before the time was over.',
    );
  });
});

describe('why this worker', () => {
  it('names the worker at the desk and nobody in the log', () => {
    const ann = candidate({ eligible: true, rank: 1 });
    const sentence = whyChosen(ann, [ann, far]);
    expect(sentence).toBe('Ann Lee is first of 1 who can take it: about 4 min to get there, 1.2 km away.');
    expect(nameless(sentence)).toBe('First of 1 who can take it: about 4 min to get there, 1.2 km away.');
    expect(nameless('A dispatcher asks you.')).toBe('A dispatcher asks you.');
  });
});
