import type { Area, Job, Worker } from '../../api/types';
import { findEntries, firstMarked, score } from './palette-entries';

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
  jobs: [
    {
      id: 'j1',
      number: 1042,
      address: '12 Julu Road',
      externalRef: 'D-10001',
      contactName: 'Mrs Täng',
      contactPhone: '+17165550123',
    } as Job,
  ],
  workers: [
    { id: 'w1', name: 'Julia Wu', phone: '+86 138' } as Worker,
    { id: 'w2', name: 'Wu Tao', phone: null } as Worker,
  ],
  areas: [{ id: 'a1', name: 'Julu' } as Area],
  callers: [],
  earlier: [],
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
    // By its number, and by the telephone number in any notation.
    for (const text of ['#1042', '1042', '(716) 555-0123', '716 555', '0123'])
      expect([text, findEntries(text, hay).map((e) => e.id)]).toEqual([text, ['j1']]);
  });

  it('marks nothing before something is typed, and never what changes the open job', () => {
    const marked = (text: string) => {
      const entries = findEntries(text, hay);
      return entries[firstMarked(text, entries)]?.id;
    };
    expect(marked('')).toBeUndefined();
    expect(marked('assign')).toBeUndefined();
    expect(marked('wu')).toBe('w2');
    expect(marked('julu')).toBe('j1');
  });

  it('adds what the server knows of a caller, once', () => {
    const earlier = [hay.jobs[0]!, { ...hay.jobs[0]!, id: 'j0', number: 1007 }];
    const callers = [{ id: '0', label: 'New job for Mrs Täng', detail: '3 jobs' }];
    expect(findEntries('716 555 0123', { ...hay, earlier, callers }).map((e) => [e.kind, e.id])).toEqual([
      ['job', 'j1'],
      ['job', 'j0'],
      ['caller', '0'],
    ]);
  });

  it('offers what can be done with the open job, in the order given', () => {
    expect(findEntries('assign', hay).map((e) => e.id)).toEqual(['v0', 'v1']);
  });

  it('says which customer a job was found by', () => {
    expect(findEntries('tang', hay)).toEqual([
      { kind: 'job', id: 'j1', label: '#1042 · 12 Julu Road', detail: 'Mrs Täng · D-10001 · Unassigned' },
    ]);
    expect(findEntries('10001', hay)[0]).toMatchObject({ detail: 'D-10001 · Unassigned' });
  });

  it('puts first what begins with the word', () => {
    expect(findEntries('wu', hay).map((e) => e.id)).toEqual(['w2', 'w1', 'v0']);
    expect(score('Wu Tao', ['zz'])).toBe(0);
  });
});
