import { useMemo } from 'react';
import type { Job, JobState, Worker } from '../../api/types';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import type { View } from '../view/view-state';
import { filterJobs, hiddenStates, type JobRow, jobRows } from './job-rows';
import { workerRows } from './worker-rows';

export interface Listed {
  jobs: Job[];
  rows: JobRow[];
  workers: Worker[];
  /** How many there are without the search and the filters. */
  all: { jobs: number; workers: number };
  /** Jobs that the choice of states keeps from sight, by state, most first. */
  hidden: [JobState, number][];
}

const names = {
  worker: (id: string | null) => entityStore.workers.get(id)?.name ?? '',
  service: (id: string | null) => entityStore.serviceTypes.get(id)?.name ?? '',
};

/** What the list and the map both show. */
export function useListed(view: View): Listed {
  const jobs = useAll(entityStore.jobs);
  const workers = useAll(entityStore.workers);
  // What is urgent changes with time alone.
  const now = useNow(20_000);
  const { q, attention, states, areaIds, statuses, sort, group } = view;
  const onWorkers = view.tab === 'workers';
  const jobQuery = onWorkers ? '' : q;
  const workerQuery = onWorkers ? q : '';
  const stateKey = states.join();
  const areaKey = areaIds.join();
  const statusKey = statuses.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists of the address are compared by their words
  const found = useMemo(
    () => filterJobs(jobs, { q: jobQuery, attention, states, areaIds }, names, now),
    [jobs, jobQuery, attention, stateKey, areaKey, attention && now],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const hidden = useMemo(() => hiddenStates(jobs, states), [jobs, stateKey]);
  const rows = useMemo(() => jobRows(found, { sort, group }, now), [found, sort, group, now]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const people = useMemo(
    () => workerRows(workers, { q: workerQuery, statuses, areaIds }),
    [workers, workerQuery, statusKey, areaKey],
  );
  const all = { jobs: jobs.length, workers: workers.length };
  return { jobs: found, rows, workers: people, all, hidden };
}
