import type { Area, Job, Worker } from '../../api/types';
import { findEntries, score } from './palette-entries';

const hay = {
  verbs: [
    { id: 'v0', label: 'Assign: Wu Tao' },
    { id: 'v1', label: 'Assign: Li' },
    { id: 'v2', label: 'Cancel job' },
  ],
  actions: [
    { id: 'create', label: 'New job' },
    { id: 'board', label: 'Go to the board' },
  ],
  jobs: [{ id: 'j1', address: '12 Julu Road', externalRef: 'D-10001', contactName: 'Mrs Tang' } as Job],
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
    expect(findEntries('', hay).map((e) => e.id)).toEqual(['v0', 'v1', 'v2', 'create', 'board']);
  });

  it('finds people, jobs and places by parts of words', () => {
    expect(findEntries('jul', hay).map((e) => e.id)).toEqual(['w1', 'j1', 'a1']);
    expect(findEntries('10001', hay).map((e) => e.id)).toEqual(['j1']);
  });

  it('offers what can be done with the open job, in the order given', () => {
    expect(findEntries('assign', hay).map((e) => e.id)).toEqual(['v0', 'v1']);
  });

  it('says which customer a job was found by', () => {
    expect(findEntries('tang', hay)).toEqual([
      { kind: 'job', id: 'j1', label: '12 Julu Road', detail: 'Mrs Tang · D-10001 · Unassigned' },
    ]);
    expect(findEntries('10001', hay)[0]).toMatchObject({ detail: 'D-10001 · Unassigned' });
  });

  it('puts first what begins with the word', () => {
    expect(findEntries('wu', hay).map((e) => e.id)).toEqual(['v0', 'w2', 'w1']);
    expect(score('Wu Tao', ['zz'])).toBe(0);
  });
});
