import type { Job } from '../../api/types';
import { DEFAULT_VIEW } from '../view/view-state';
import { filterJobs, hiddenStates, jobRows } from './job-rows';
import { urgencyOf } from './urgency';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const job = (id: string, change: Partial<Job> = {}): Job =>
  ({
    id,
    state: 'unassigned',
    areaId: 'north',
    address: `${id} Julu Road`,
    priority: 0,
    windowStart: null,
    windowEnd: null,
    dueAt: null,
    workerId: null,
    createdAt: inMinutes(-60),
    ...change,
  }) as Job;

const NOW_TEXT = inMinutes(0);
const names = { worker: (id: string | null) => (id === 'w1' ? 'Li Wei' : ''), service: () => 'Plumbing' };
const ids = (jobs: Job[]) => jobs.map((j) => j.id);

describe('what wants attention', () => {
  it('is late when the promise has passed and nobody is there', () => {
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1) }), NOW)).toBe('late');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'en_route' }), NOW)).toBe('late');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'in_progress' }), NOW)).toBe('none');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'completed' }), NOW)).toBe('none');
  });

  it('is at risk within half an hour, and an emergency until it has ended', () => {
    expect(urgencyOf(job('1', { windowEnd: inMinutes(20) }), NOW)).toBe('at_risk');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(40) }), NOW)).toBe('none');
    expect(urgencyOf(job('1', { priority: 100 }), NOW)).toBe('emergency');
    expect(urgencyOf(job('1', { priority: 100, state: 'assigned' }), NOW)).toBe('emergency');
    expect(urgencyOf(job('1', { priority: 100, state: 'in_progress' }), NOW)).toBe('emergency');
    expect(urgencyOf(job('1', { priority: 100, state: 'completed' }), NOW)).toBe('none');
  });
});

describe('the list of jobs', () => {
  it('finds every word, in address, contact, worker and service', () => {
    const jobs = [job('1', { workerId: 'w1' }), job('2', { contactName: 'Mrs Wu' })];
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'li JULU' }, names, NOW))).toEqual(['1']);
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'wu' }, names, NOW))).toEqual(['2']);
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'plumb' }, names, NOW))).toEqual(['1', '2']);
  });

  it('finds a job by its number, and a caller in any notation, with or without accents', () => {
    const jobs = [
      job('1', { number: 1042, contactPhone: '+17165550123' }),
      job('2', { number: 1043, address: 'École İnce' }),
    ];
    const found = (q: string) => ids(filterJobs(jobs, { ...DEFAULT_VIEW, q }, names, NOW));
    expect(found('#1042')).toEqual(['1']);
    expect(found('716 555 0123')).toEqual(['1']);
    expect(found('ecole ince')).toEqual(['2']);
    expect(found('(716) 555-0123')).toEqual(['1']);
  });

  const byUrgency = (jobs: Job[]) =>
    jobRows(jobs, { sort: 'urgency', group: 'none' }, NOW).map((row) => row.key);

  it('puts first what nobody has, then what is asked about, then what will be late; work in hand last', () => {
    const soon = inMinutes(5);
    const jobs = [
      job('at work', { state: 'in_progress', priority: 100, windowEnd: inMinutes(-60) }),
      job('on time', { state: 'assigned', priority: 100, windowEnd: soon }),
      job('late', { state: 'en_route', windowEnd: inMinutes(-1) }),
      job('asked', { state: 'offering', windowEnd: inMinutes(-30) }),
      job('given up', { state: 'unfulfilled', windowEnd: inMinutes(300) }),
      job('nobody has it', { windowEnd: inMinutes(240) }),
    ];
    expect(byUrgency(jobs)).toEqual(['nobody has it', 'given up', 'asked', 'late', 'on time', 'at work']);
  });

  it('goes by priority among equals, then by whose time is up first: an hour, when none was promised', () => {
    const jobs = [
      job('promised in an hour', { windowEnd: inMinutes(60) }),
      job('just called', { createdAt: inMinutes(-1) }),
      job('waits for two hours', { createdAt: inMinutes(-120) }),
      job('overdue', { windowEnd: inMinutes(-90) }),
      job('locked out', { priority: 100, createdAt: NOW_TEXT }),
    ];
    expect(byUrgency(jobs)).toEqual([
      'locked out',
      'overdue',
      'waits for two hours',
      'just called',
      'promised in an hour',
    ]);
  });

  it('says what the choice of states leaves out', () => {
    const jobs = [
      job('1'),
      job('2', { state: 'cancelled' }),
      job('3', { state: 'completed' }),
      job('4', { state: 'completed' }),
    ];
    expect(hiddenStates(jobs, ['unassigned'])).toEqual([
      ['completed', 2],
      ['cancelled', 1],
    ]);
  });

  it('draws a heading before each group, the fullest first', () => {
    const jobs = [job('1', { areaId: 'south' }), job('2'), job('3')];
    const rows = jobRows(jobs, { sort: 'address', group: 'area' }, NOW);
    expect(rows.map((r) => `${r.kind} ${r.key}`)).toEqual([
      'group north',
      'job 2',
      'job 3',
      'group south',
      'job 1',
    ]);
  });
});
