import { wantsAttention } from '#libs/job/src/desk/attention';
import { JOB_STATES, type JobState } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { jobNumber } from '../../ui/job-number';
import { matcher } from '../../ui/search-words';
import type { JobGroup, JobSort, View } from '../view/view-state';
import { type Pressure, pressureOf } from './urgency';

export type JobRow = { kind: 'group'; key: string; count: number } | { kind: 'job'; key: string; job: Job };

/** Names of what a job only knows by id; the search looks into them too. */
export interface Names {
  worker: (id: string | null) => string;
  service: (id: string | null) => string;
}

const STATE_RANK = new Map(JOB_STATES.map((state, rank) => [state, rank]));
const time = (text: string | null, missing: number) => (text ? Date.parse(text) : missing);

export function filterJobs(
  jobs: readonly Job[],
  view: Pick<View, 'q' | 'states' | 'areaIds' | 'attention'>,
  names: Names,
  now: number,
): Job[] {
  const states = new Set(view.states);
  const areas = new Set(view.areaIds);
  const matches = matcher(view.q);
  const { attention } = view;
  return jobs.filter((job) => {
    if (!states.has(job.state)) return false;
    if (areas.size > 0 && !areas.has(job.areaId ?? '')) return false;
    if (attention && !wantsAttention(job, attention, now)) return false;
    if (view.q === '') return true;
    return matches(
      `${jobNumber(job)} ${job.address} ${job.contactName ?? ''} ${job.externalRef ?? ''} ${job.notes ?? ''} ${names.worker(job.workerId)} ${names.service(job.serviceTypeId)}`,
      job.contactPhone,
    );
  });
}

/** What the choice of states leaves out: how many of each, most first. */
export function hiddenStates(jobs: readonly Job[], states: readonly JobState[]): [JobState, number][] {
  const counts = new Map<JobState, number>();
  for (const { state } of jobs) if (!states.includes(state)) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

type Order = (a: Job, b: Job) => number;
const byWindow: Order = (a, b) =>
  time(a.windowStart ?? a.dueAt, Number.POSITIVE_INFINITY) -
    time(b.windowStart ?? b.dueAt, Number.POSITIVE_INFINITY) || 0;
const byId: Order = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const byPressure = (a: Pressure, b: Pressure): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

function orderBy(sort: JobSort, jobs: readonly Job[], now: number): Order {
  switch (sort) {
    case 'urgency': {
      // Once for each job, not for each comparison: there may be thousands.
      const pressures = new Map(jobs.map((job) => [job, pressureOf(job, now)]));
      return (a, b) => byPressure(pressures.get(a)!, pressures.get(b)!) || byId(a, b);
    }
    case 'window':
      return (a, b) => byWindow(a, b) || byId(a, b);
    case 'created':
      return (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || byId(a, b);
    case 'state':
      return (a, b) => STATE_RANK.get(a.state)! - STATE_RANK.get(b.state)! || byWindow(a, b) || byId(a, b);
    case 'address':
      return (a, b) => a.address.localeCompare(b.address, undefined, { numeric: true }) || byId(a, b);
  }
}

const groupKey: Record<Exclude<JobGroup, 'none'>, (job: Job) => string> = {
  area: (job) => job.areaId ?? '',
  state: (job) => job.state,
  worker: (job) => job.workerId ?? '',
};

/** The list as it is drawn: rows, with a heading before each group. */
export function jobRows(jobs: readonly Job[], view: Pick<View, 'sort' | 'group'>, now: number): JobRow[] {
  const sorted = [...jobs].sort(orderBy(view.sort, jobs, now));
  const row = (job: Job): JobRow => ({ kind: 'job', key: job.id, job });
  if (view.group === 'none') return sorted.map(row);
  const groups = new Map<string, Job[]>();
  for (const job of sorted) {
    const key = groupKey[view.group](job);
    const group = groups.get(key);
    if (group) group.push(job);
    else groups.set(key, [job]);
  }
  const keys =
    view.group === 'state'
      ? [...groups.keys()].sort((a, b) => JOB_STATES.indexOf(a as never) - JOB_STATES.indexOf(b as never))
      : [...groups.keys()].sort((a, b) => groups.get(b)!.length - groups.get(a)!.length);
  return keys.flatMap((key) => [
    { kind: 'group' as const, key, count: groups.get(key)!.length },
    ...groups.get(key)!.map(row),
  ]);
}
