import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/api';
import { entityStore } from '../../store/entity-store';
import { isPlaced } from '../../store/held-job';
import { useAll } from '../../store/use-entities';
import { usePlanJobs } from '../plan/plan-jobs';
import { usePlan } from '../plan/use-plan';
import type { View } from '../view/view-state';
import type { RouteLine } from './layers/routes';

/** Work that is over is no longer ahead. */
const AHEAD = new Set(['assigned', 'en_route', 'arrived', 'in_progress', 'paused']);
const NOTHING: readonly RouteLine[] = [];

/** What the map draws as routes: the proposal that is looked at, else the rest of the selected worker's day. */
export function useRoutes({ planId, workerId }: View): readonly RouteLine[] {
  const proposed = useProposedRoutes(planId);
  const remaining = useRemainingDay(planId ? null : workerId);
  return planId ? proposed : remaining;
}

function useProposedRoutes(planId: string | null): readonly RouteLine[] {
  const { data: plan } = usePlan(planId);
  const jobOf = usePlanJobs(plan);
  return useMemo(() => {
    const stops = plan?.proposal?.stops ?? [];
    const ids = [...new Set(stops.map(({ workerId }) => workerId))];
    return ids.map((workerId) => ({
      workerId,
      stops: stops
        .filter((stop) => stop.workerId === workerId)
        .sort((a, b) => a.position - b.position)
        .flatMap(({ jobId, position }) => {
          const job = jobOf(jobId);
          return job && isPlaced(job) ? [{ jobId, lat: job.lat, lon: job.lon, number: position + 1 }] : [];
        }),
    }));
  }, [plan, jobOf]);
}

function useRemainingDay(workerId: string | null): readonly RouteLine[] {
  const jobs = useAll(entityStore.jobs);
  // Asked again only when this worker's own work changes: the board as a whole changes every second.
  const held = workerId
    ? jobs
        .filter((job) => job.workerId === workerId && AHEAD.has(job.state))
        .map(({ id, version }) => `${id} ${version}`)
        .sort()
        .join()
    : '';
  const { data } = useQuery({
    queryKey: ['route', workerId, held],
    queryFn: () => api.get('/board'),
    select: (board) => board.workers.find(({ id }) => id === workerId)?.assignments ?? [],
    enabled: held !== '',
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    if (!workerId || held === '' || !data) return NOTHING;
    const stops = data
      .filter(({ job }) => AHEAD.has(job.state))
      .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
      .flatMap(({ jobId, job: { lat, lon } }) => (lat === null || lon === null ? [] : [{ jobId, lat, lon }]))
      .map((stop, i) => ({ ...stop, number: i + 1 }));
    return stops.length === 0 ? NOTHING : [{ workerId, stops }];
  }, [workerId, held, data]);
}
