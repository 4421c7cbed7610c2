import type { Job } from '../../api/types';
import { DEFAULT_VIEW } from '../view/view-state';
import { filterJobs, jobRows } from './job-rows';
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

const names = { worker: (id: string | null) => (id === 'w1' ? 'Li Wei' : ''), service: () => 'Plumbing' };
const ids = (jobs: Job[]) => jobs.map((j) => j.id);

describe('what wants attention', () => {
  it('is late when the promise has passed and nobody is there', () => {
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1) }), NOW)).toBe('late');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'en_route' }), NOW)).toBe('late');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'in_progress' }), NOW)).toBe('none');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(-1), state: 'completed' }), NOW)).toBe('none');
  });

  it('is soon within half an hour, and an emergency while nobody has it', () => {
    expect(urgencyOf(job('1', { windowEnd: inMinutes(20) }), NOW)).toBe('soon');
    expect(urgencyOf(job('1', { windowEnd: inMinutes(40) }), NOW)).toBe('none');
    expect(urgencyOf(job('1', { priority: 100 }), NOW)).toBe('emergency');
    expect(urgencyOf(job('1', { priority: 100, state: 'assigned' }), NOW)).toBe('none');
  });
});

describe('the list of jobs', () => {
  it('finds every word, in address, contact, worker and service', () => {
    const jobs = [job('1', { workerId: 'w1' }), job('2', { contactName: 'Mrs Wu' })];
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'li JULU' }, names))).toEqual(['1']);
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'wu' }, names))).toEqual(['2']);
    expect(ids(filterJobs(jobs, { ...DEFAULT_VIEW, q: 'plumb' }, names))).toEqual(['1', '2']);
  });

  it('puts first what cannot wait, then what was promised first', () => {
    const jobs = [
      job('calm'),
      job('later', { windowStart: inMinutes(90), windowEnd: inMinutes(120) }),
      job('sooner', { windowStart: inMinutes(60), windowEnd: inMinutes(90) }),
      job('late', { windowEnd: inMinutes(-5) }),
      job('fire', { priority: 100 }),
    ];
    const rows = jobRows(jobs, { sort: 'urgency', group: 'none' }, NOW);
    expect(rows.map((r) => r.key)).toEqual(['fire', 'late', 'sooner', 'later', 'calm']);
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
