import { ON_DUTY_STATUSES } from '#kernel';
import { ATTENTIONS, type Attention } from '#libs/job/src/desk/attention';
import { JOB_STATES, type JobState } from '#libs/job/src/lifecycle/job-states';
import type { WorkerStatus } from '../../api/types';

export const JOB_SORTS = ['urgency', 'window', 'created', 'state', 'address'] as const;
export const JOB_GROUPS = ['none', 'area', 'state', 'worker'] as const;
/** What a line of the list tells of a job besides its address and state. */
export const JOB_COLUMNS = ['age', 'window', 'worker', 'service', 'area', 'customer', 'priority'] as const;
export const WORKER_STATUSES = ['available', 'busy', 'on_break', 'off_duty', 'suspended'] as const;
export const MAP_LAYERS = ['areas', 'jobs', 'workers', 'heat'] as const;

export type JobSort = (typeof JOB_SORTS)[number];
export type JobGroup = (typeof JOB_GROUPS)[number];
export type JobColumn = (typeof JOB_COLUMNS)[number];
export type MapLayerName = (typeof MAP_LAYERS)[number];

/** What the desk shows; all of it is in the address, so that a view can be kept, sent and gone back to. */
export interface View {
  tab: 'jobs' | 'workers';
  q: string;
  /** Only what wants this attention. */
  attention: Attention | null;
  states: JobState[];
  statuses: WorkerStatus[];
  areaIds: string[];
  sort: JobSort;
  group: JobGroup;
  columns: JobColumn[];
  /** Selected job or worker. */
  jobId: string | null;
  workerId: string | null;
  /** The day plan whose routes the map draws. */
  planId: string | null;
  layers: MapLayerName[];
  /** The map stays on the selected worker. */
  follow: boolean;
  /** Latitude, longitude, zoom. */
  at: [number, number, number] | null;
}

/** Work that wants a dispatcher's eye: what has ended well is one click away. */
export const OPEN_WORK: JobState[] = JOB_STATES.filter(
  (state) => !['completed', 'closed', 'cancelled'].includes(state),
);

export const DEFAULT_VIEW: View = {
  tab: 'jobs',
  q: '',
  attention: null,
  states: OPEN_WORK,
  statuses: [...ON_DUTY_STATUSES],
  areaIds: [],
  sort: 'urgency',
  group: 'none',
  columns: ['age', 'window', 'worker', 'service'],
  jobId: null,
  workerId: null,
  planId: null,
  layers: ['areas', 'jobs', 'workers'],
  follow: false,
  at: null,
};

const oneOf = <T extends string>(value: string | null, allowed: readonly T[], fallback: T): T =>
  allowed.includes(value as T) ? (value as T) : fallback;

function manyOf<T extends string>(value: string | null, allowed: readonly T[], fallback: T[]): T[] {
  if (value === null) return fallback;
  const chosen = value.split(',').filter((item): item is T => allowed.includes(item as T));
  return chosen;
}

function place(value: string | null): View['at'] {
  const numbers = (value ?? '').split(',').map(Number);
  const [lat, lon, zoom] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  if (Math.abs(lat!) > 90 || Math.abs(lon!) > 180 || zoom! < 0 || zoom! > 24) return null;
  return [lat!, lon!, zoom!];
}

/** The view of an address; whatever makes no sense is as if it were not there. */
export function readView(search: URLSearchParams): View {
  const d = DEFAULT_VIEW;
  return {
    tab: oneOf(search.get('tab'), ['jobs', 'workers'], d.tab),
    q: search.get('q') ?? '',
    attention: ATTENTIONS.find((one) => one === search.get('attention')) ?? null,
    states: manyOf(search.get('state'), JOB_STATES, d.states),
    statuses: manyOf(search.get('status'), WORKER_STATUSES, d.statuses),
    areaIds: (search.get('area') ?? '').split(',').filter(Boolean),
    sort: oneOf(search.get('sort'), JOB_SORTS, d.sort),
    group: oneOf(search.get('group'), JOB_GROUPS, d.group),
    columns: manyOf(search.get('columns'), JOB_COLUMNS, d.columns),
    jobId: search.get('job'),
    workerId: search.get('worker'),
    planId: search.get('plan'),
    layers: manyOf(search.get('layers'), MAP_LAYERS, d.layers),
    follow: search.get('follow') === '1',
    at: place(search.get('at')),
  };
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item) => b.includes(item));

/** The address of a view; defaults are left out, so that addresses stay short. */
export function writeView(view: View): URLSearchParams {
  const d = DEFAULT_VIEW;
  const search = new URLSearchParams();
  if (view.tab !== d.tab) search.set('tab', view.tab);
  if (view.q) search.set('q', view.q);
  if (view.attention) search.set('attention', view.attention);
  if (!same(view.states, d.states)) search.set('state', view.states.join(','));
  if (!same(view.statuses, d.statuses)) search.set('status', view.statuses.join(','));
  if (view.areaIds.length > 0) search.set('area', view.areaIds.join(','));
  if (view.sort !== d.sort) search.set('sort', view.sort);
  if (view.group !== d.group) search.set('group', view.group);
  if (!same(view.columns, d.columns)) search.set('columns', view.columns.join(','));
  if (view.jobId) search.set('job', view.jobId);
  if (view.workerId) search.set('worker', view.workerId);
  if (view.planId) search.set('plan', view.planId);
  if (!same(view.layers, d.layers)) search.set('layers', view.layers.join(','));
  if (view.follow) search.set('follow', '1');
  if (view.at) search.set('at', view.at.map((n, i) => n.toFixed(i === 2 ? 2 : 5)).join(','));
  return search;
}
