import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { DayPlan, WireFact } from '../../api/types';
import { live } from '../../live/live-client';

/** The live line tells; this is for when it is down. */
const ASK_AGAIN_MS = 5_000;
const LISTED = 40;

export const isRunning = (plan: { state: DayPlan['state'] }): boolean =>
  plan.state === 'queued' || plan.state === 'planning';
export const isOpen = (plan: { state: DayPlan['state'] }): boolean =>
  plan.state === 'proposed' || plan.state === 'partly_applied';

export const usePlan = (id: string | null) =>
  useQuery({
    queryKey: ['plan', id],
    queryFn: id === null ? skipToken : () => api.get('/day-plans/{id}', { path: { id } }),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? ASK_AGAIN_MS : false),
  });

export const usePlans = () =>
  useQuery({
    queryKey: ['plans'],
    queryFn: () => api.get('/day-plans', { query: { limit: LISTED } }),
  });

/** Plans that are looked at follow the facts: progress is put in, everything else is fetched again. */
export function usePlanFacts(): void {
  useEffect(() => live.on('facts', (facts) => facts.forEach(take)), []);
}

function take({ type, subjectId, data = {} }: WireFact): void {
  if (!type.startsWith('plan.')) return;
  const id = String(data.planId ?? subjectId);
  if (type === 'plan.progress') {
    const { share, cost } = data as unknown as NonNullable<DayPlan['progress']>;
    queryClient.setQueryData<DayPlan>(['plan', id], (plan) =>
      plan && isRunning(plan) ? { ...plan, state: 'planning', progress: { share, cost } } : plan,
    );
    return;
  }
  void queryClient.invalidateQueries({ queryKey: ['plan', id] });
  void queryClient.invalidateQueries({ queryKey: ['plans'] });
  // A visit that keeps its worker and changes its time is no fact of its own.
  if (type === 'plan.applied') {
    void queryClient.invalidateQueries({ queryKey: ['board'] });
    void queryClient.invalidateQueries({ queryKey: ['route'] });
  }
}
