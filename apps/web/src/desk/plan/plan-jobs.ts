import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api/api';
import type { DayPlan, Job } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { heldJob } from '../../store/held-job';

/** More jobs than this that have left the desk are not fetched for an old plan. */
const MOST_FETCHED = 60;

/** The jobs of a plan by id; those that have left the desk since are fetched once. */
export function usePlanJobs(plan: DayPlan | undefined): (id: string | null | undefined) => Job | undefined {
  const ids = [
    ...(plan?.proposal?.stops ?? []),
    ...(plan?.proposal?.unassigned ?? []),
    ...(plan?.proposal?.leftOut ?? []),
  ].map(({ jobId }) => jobId);
  const missing = ids.filter((id) => !entityStore.jobs.get(id)).slice(0, MOST_FETCHED);
  const { data } = useQuery({
    queryKey: ['plan-jobs', plan?.id],
    queryFn: async () => {
      const found = await Promise.all(
        missing.map((id) => api.get('/jobs/{id}', { path: { id } }).then(heldJob, () => null)),
      );
      return new Map(found.flatMap((job) => (job ? [[job.id, job] as const] : [])));
    },
    enabled: missing.length > 0,
  });
  return useCallback(
    (id: string | null | undefined) => entityStore.jobs.get(id) ?? (id ? data?.get(id) : undefined),
    [data],
  );
}

/** A worker as this reader may see them; what the plan calls them when they have left. */
export const workerName = (plan: DayPlan, id: string | null | undefined): string =>
  entityStore.workers.get(id)?.name ??
  plan.proposal?.routes.find(({ workerId }) => workerId === id)?.name ??
  '–';
