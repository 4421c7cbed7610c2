import type { Area, Job, Worker } from '../../api/types';
import { findEntries, score } from './palette-entries';

const hay = {
  actions: [
    { id: 'create', label: 'New job' },
    { id: 'board', label: 'Go to the board' },
  ],
  jobs: [{ id: 'j1', address: '12 Julu Road', externalRef: 'D-10001', contactName: null } as Job],
  workers: [
    { id: 'w1', name: 'Julia Wu', phone: '+86 138' } as Worker,
    { id: 'w2', name: 'Wu Tao', phone: null } as Worker,
  ],
  areas: [{ id: 'a1', name: 'Julu' } as Area],
  stateWord: () => 'Unassigned',
  statusWord: () => 'Available',
};

describe('the palette', () => {
  it('offers the actions before anything is typed', () => {
    expect(findEntries('', hay).map((e) => e.id)).toEqual(['create', 'board']);
  });

  it('finds people, jobs and places by parts of words', () => {
    expect(findEntries('jul', hay).map((e) => e.id)).toEqual(['w1', 'j1', 'a1']);
    expect(findEntries('10001', hay).map((e) => e.id)).toEqual(['j1']);
  });

  it('puts first what begins with the word', () => {
    expect(findEntries('wu', hay).map((e) => e.id)).toEqual(['w2', 'w1']);
    expect(score('Wu Tao', ['zz'])).toBe(0);
  });
});
