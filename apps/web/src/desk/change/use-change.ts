import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { ChangeEffect, Job, JobChanges } from '../../api/types';
import { useSend } from '../../api/use-send';
import { liveSync } from '../../store/live-sync';
import { jobNumber } from '../../ui/job-number';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';
import { formerOf } from './job-form';

/** Whether whoever has the job comes at the new time, or somebody else is looked for. */
export type VisitRequest = 'follow' | 'release';

const TYPING_MS = 200;

/** What the change would do to the visit that is promised and to that day; nothing is saved. */
export function usePreview(job: Job, change: JobChanges, visit: VisitRequest) {
  const [settled] = useDebouncedValue(JSON.stringify({ ...change, visit }), TYPING_MS);
  const changes = Object.keys(change).length > 0;
  const query = useQuery({
    queryKey: ['job', job.id, 'change', job.version, settled],
    queryFn: ({ signal }) =>
      api.post('/jobs/{id}/change-preview', { path: { id: job.id }, body: JSON.parse(settled), signal }),
    enabled: changes,
    retry: false,
    staleTime: 5_000,
  });
  const current = settled === JSON.stringify({ ...change, visit });
  return { ...query, isSettled: changes && current && !query.isFetching };
}

const patch = (job: Pick<Job, 'id'>, body: JobChanges, options: { key?: string; version?: number } = {}) =>
  api.patch('/jobs/{id}', { path: { id: job.id }, ...options, body });

/** Saves it; the warnings that were shown are overruled. What was saved can be taken back, the visit with it. */
export function useChange(job: Job, done: () => void) {
  const save = (key: string, { change, visit, effect }: Saving) =>
    patch(
      job,
      { ...change, visit, ...(effect && effect.warnings.length > 0 ? { force: true } : {}) },
      { key, version: job.version },
    );
  return useSend(save, {
    onSuccess: (saved, { change, effect }) => {
      liveSync.learn(saved);
      lookAgain(job.id);
      const text = i18next.t('call:change.saved', { job: jobNumber(job) });
      toaster.show(text, 'done', () => undoChange(job, change, effect));
      done();
    },
    onError: () => lookAgain(job.id),
  });
}

export interface Saving {
  change: JobChanges;
  visit: VisitRequest;
  effect: ChangeEffect | undefined;
}

function lookAgain(jobId: string): void {
  for (const queryKey of [['job', jobId], ['board'], ['route']])
    void queryClient.invalidateQueries({ queryKey });
}

/** The former fields and the former visit, whatever has been asked for meanwhile. */
export async function undoChange(
  job: Job,
  change: JobChanges,
  effect: ChangeEffect | undefined,
  { quietly = false } = {},
): Promise<void> {
  const visit = effect?.visit;
  const startsAt = visit?.from.startsAt;
  const wasLetGo = visit?.change === 'released';
  try {
    const kept = !wasLetGo && startsAt ? { visitStartsAt: startsAt } : {};
    const before = await patch(job, { ...formerOf(job, change), ...kept, force: true });
    liveSync.learn(before);
    if (wasLetGo && startsAt)
      await api.post('/jobs/{id}/place', {
        path: { id: job.id },
        body: { workerId: visit.workerId, startsAt, force: true },
      });
    if (!quietly) toaster.show(i18next.t('desk:done.undone'));
  } catch (problem) {
    toaster.show(wordsOf(problem), 'problem');
  }
  lookAgain(job.id);
}
