import { api } from '../../api/api';
import { Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import type { DayPlan, SkippedVisit } from '../../api/types';
import { useSend } from '../../api/use-send';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';

export interface Applied {
  applied: string[];
  skipped: SkippedVisit[];
}

const refresh = (id: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['plan', id] }),
    queryClient.invalidateQueries({ queryKey: ['plans'] }),
  ]);

const failed = (id: string) => (problem: unknown) => {
  toaster.show(wordsOf(problem), 'problem');
  // Somebody else has applied or called it off: show how it is now.
  if (problem instanceof Problem && problem.status === 409) void refresh(id);
};

/** Makes a proposal true: all of it without `stops`, else only these jobs. */
export const useApply = ({ id, version }: DayPlan) =>
  useSend(
    (key, stops: string[] | null) =>
      api.post('/day-plans/{id}/apply', { path: { id }, key, version, body: stops ? { stops } : {} }),
    { onSuccess: () => refresh(id), onError: failed(id) },
  );

/** Calls off a search, or puts a proposal aside. */
export const useCancel = ({ id }: DayPlan) =>
  useSend((key) => api.post('/day-plans/{id}/cancel', { path: { id }, key }), {
    onSuccess: (plan) => {
      queryClient.setQueryData(['plan', id], plan);
      void queryClient.invalidateQueries({ queryKey: ['plans'] });
    },
    onError: failed(id),
  });
