import { api } from '../api/api';
import { isOffline } from '../api/problem';
import { queryClient } from '../api/query-client';
import type { Job, JobView, WireFact } from '../api/types';
import { businessClock } from '../live/business-clock';
import { live } from '../live/live-client';
import { setDeskZone } from '../ui/zone';
import { applyFact, nothingStale } from './apply-facts';
import { createStore } from './create-store';
import { entityStore } from './entity-store';
import { heldJob } from './held-job';
import { readFrame } from './read-positions';
import { throttle } from './throttle';

/** What a dispatcher has in front of them: everything open, and what ended today. */
const SHOWN_STATES: JobView['state'][] = [
  'unassigned',
  'offering',
  'assigned',
  'en_route',
  'arrived',
  'in_progress',
  'paused',
  'failed',
  'unfulfilled',
  'completed',
];

const REFRESH_MS = 250;
/** In a busy city something changes all the time: what the server reckons anew for each asking is asked for less often. */
const ASK_AGAIN_MS = 2_000;
/** More changed rows than this are fetched as a list. */
const ONE_BY_ONE = 12;
/** A fact arrives within this. */
const LATELY_MS = 60_000;

export interface SyncStatus {
  loaded: boolean;
  failed: unknown;
}

const status = createStore<SyncStatus>({ loaded: false, failed: null });
let stale = nothingStale();
let timer: ReturnType<typeof setTimeout> | undefined;
let stops: (() => void)[] = [];
let loading: Promise<void> | null = null;

const everyType = async () => (await api.get('/service-types', { query: { inactive: true } })).items;

async function loadAll(): Promise<void> {
  try {
    const [areas, serviceTypes, workers, jobs] = await Promise.all([
      api.getAll('/areas'),
      everyType(),
      api.getAll('/workers'),
      api.getAll('/jobs', { query: { state: SHOWN_STATES } }),
    ]);
    entityStore.areas.replace(areas);
    setDeskZone(areas.map((area) => area.timeZone));
    entityStore.serviceTypes.replace(serviceTypes);
    entityStore.workers.replace(workers);
    entityStore.jobs.replace(jobs.map(heldJob));
    status.set({ loaded: true, failed: null });
    const positions = await api.get('/positions').catch(() => ({ items: [] }));
    for (const position of positions.items) entityStore.positions.put(position);
    entityStore.positions.settle();
  } catch (error) {
    status.set(({ loaded }) => ({ loaded, failed: error }));
  }
}

/** One load at a time; what changes meanwhile is told by facts and compared by version. */
export function reload(): Promise<void> {
  loading ??= loadAll().finally(() => {
    loading = null;
  });
  void queryClient.invalidateQueries();
  return loading;
}

function take(facts: WireFact[]): void {
  for (const fact of facts) {
    if (fact.type !== 'hidden') applyFact(fact, entityStore, stale);
    if (fact.type === 'dispatch_policy.changed')
      void queryClient.invalidateQueries({ queryKey: ['dispatch-policies'] });
    const jobId = fact.data?.jobId;
    if (typeof jobId === 'string') void queryClient.invalidateQueries({ queryKey: ['job', jobId] });
  }
  timer ??= setTimeout(() => {
    timer = undefined;
    void refresh();
  }, REFRESH_MS);
}

const askAgain = (queryKey: string) =>
  throttle(ASK_AGAIN_MS, () => void queryClient.invalidateQueries({ queryKey: [queryKey] }));
const askForBoard = askAgain('board');
const askForAlerts = askAgain('alerts');
const askForSummary = askAgain('summary');

async function refresh(): Promise<void> {
  const want = stale;
  stale = nothingStale();
  if (want.board) {
    askForBoard();
    askForSummary();
  }
  if (want.alerts) askForAlerts();
  const failed = () => undefined;
  await Promise.all([
    fetchJobs([...want.jobs]).catch(failed),
    fetchWorkers([...want.workers]).catch(failed),
    want.areas && api.getAll('/areas').then((areas) => entityStore.areas.replace(areas), failed),
    want.serviceTypes && everyType().then((types) => entityStore.serviceTypes.replace(types), failed),
  ]);
}

/** Each by itself; after an import of many, all in one list. */
async function fetchWorkers(ids: string[]): Promise<void> {
  if (ids.length > ONE_BY_ONE) entityStore.workers.replace(await api.getAll('/workers'));
  else
    await Promise.allSettled(
      ids.map(async (id) => entityStore.workers.put(await api.get('/workers/{id}', { path: { id } }))),
    );
}

function newer(job: Job): void {
  const known = entityStore.jobs.get(job.id);
  if (!known || known.version <= job.version) entityStore.jobs.put(job);
}

async function fetchJobs(ids: string[]): Promise<void> {
  const wanted = new Set(ids);
  if (ids.length > ONE_BY_ONE) {
    const since = businessClock.now() - LATELY_MS * businessClock.speed();
    for (const job of await api.getAll('/jobs', { query: { updatedSince: new Date(since).toISOString() } })) {
      newer(heldJob(job));
      wanted.delete(job.id);
    }
  }
  await Promise.allSettled(
    [...wanted].map(async (id) => newer(heldJob(await api.get('/jobs/{id}', { path: { id } })))),
  );
}

export const liveSync = {
  get: status.get,
  subscribe: status.subscribe,

  /** What a command's answer says of a job, which is not all of it. */
  learnStep(step: { jobId: string; state: Job['state']; version: number; workerId: string | null }): void {
    const job = entityStore.jobs.get(step.jobId);
    if (job && job.version <= step.version)
      entityStore.jobs.put({ ...job, state: step.state, version: step.version, workerId: step.workerId });
  },

  /** A row this page has just learned from an answer: shown before its fact arrives. */
  learn: (job: JobView): void => newer(heldJob(job)),

  start(): void {
    if (stops.length > 0) return;
    stops = [
      live.on('facts', take),
      live.on('resync', () => {
        void reload();
        void live.command('watch', { areaIds: 'all' }).catch(() => undefined);
      }),
      live.status.subscribe(() => {
        if (live.status.get().state !== 'live') return;
        void live.command('watch', { areaIds: 'all' }).catch(() => undefined);
        void queryClient.refetchQueries({
          type: 'active',
          predicate: (query) => isOffline(query.state.error),
        });
      }),
      live.on('positions', (frame) => {
        for (const position of readFrame(frame).moved) entityStore.positions.put(position);
        entityStore.positions.settle();
      }),
    ];
    live.start({ gapless: true });
    // Without a live line the page still shows what the server knows.
    setTimeout(() => {
      if (!status.get().loaded && !loading) void reload();
    }, 1_500);
  },

  stop(): void {
    for (const stop of stops) stop();
    stops = [];
    clearTimeout(timer);
    timer = undefined;
    live.stop();
    status.set({ loaded: false, failed: null });
    for (const store of [entityStore.jobs, entityStore.workers, entityStore.areas, entityStore.serviceTypes])
      store.replace([]);
    entityStore.positions.clear();
  },
};
