import i18next from 'i18next';
import { queryClient } from '../../api/query-client';
import type { Candidates, Job, Responder } from '../../api/types';
import { session } from '../../session/session';
import { entityStore } from '../../store/entity-store';
import { assignOrReassign } from '../actions/job-actions';
import { mayChange, stepsFor } from '../actions/job-verbs';
import { openJob } from '../actions/open-job';
import { isHeld } from '../panel/held';
import { displacementWords, respond } from '../panel/respond';
import { verdictWords } from '../panel/verdicts';

interface Verb {
  label: string;
  /** What speaks against it. */
  detail?: string;
  run: () => void;
}

/** What can be done with the job in the open panel: its buttons, then who could be sent, the best first. */
export function verbsOf(jobId: string | null): Verb[] {
  const job = entityStore.jobs.get(jobId);
  const role = session.get().me?.role;
  if (!job || openJob.get()?.jobId !== jobId || !role) return [];
  const events = stepsFor(job, role);
  return [
    ...respondersOf(job).map((row) => {
      const action = i18next.t(row.interrupt ? 'call:respond.interrupt' : 'desk:action.assign');
      const [against] = [...row.warnings.map(verdictWords), ...displacementWords(row)];
      return {
        label: i18next.t('desk:action.to', { action, name: row.name }),
        detail: against,
        run: () => void respond(job, row),
      };
    }),
    ...candidatesOf(job).map(({ workerId, name, eligible, warnings = [] }) => {
      const action = isHeld(job)
        ? i18next.t('desk:action.reassign')
        : !eligible || warnings.length > 0
          ? i18next.t('desk:action.assignAnyway')
          : i18next.t('desk:action.assign');
      return {
        label: i18next.t('desk:action.to', { action, name }),
        detail: warnings[0] && verdictWords(warnings[0]),
        run: () => void assignOrReassign(job, workerId, warnings),
      };
    }),
    ...(['time', 'all'] as const)
      .filter((what) => mayChange(job)[what])
      .map((what) => ({
        label: i18next.t(what === 'time' ? 'desk:action.reschedule' : 'desk:action.edit'),
        run: () => openJob.change(entityStore.jobs.get(job.id) ?? job, what),
      })),
    ...events.map((event) => ({
      label: i18next.t(`desk:event.${event}`),
      run: () => openJob.fire(job, event),
    })),
  ];
}

/** Who could be at an emergency, the earliest first, as the panel has them. */
const respondersOf = (job: Job) =>
  (
    queryClient.getQueryData<{ items: Responder[] }>(['job', job.id, 'responders', job.version])?.items ?? []
  ).filter(({ refusals, workerId }) => refusals.length === 0 && workerId !== job.workerId);

/** Those who may be sent, as the panel has them: first those whom nothing speaks against. */
const candidatesOf = (job: Job) =>
  (queryClient.getQueryData<Candidates>(['job', job.id, 'candidates', job.version])?.candidates ?? [])
    .filter((one) => !one.refusals?.length && one.workerId !== job.workerId)
    .sort((a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER));
