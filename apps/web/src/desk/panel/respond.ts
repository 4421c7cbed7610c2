import i18next from 'i18next';
import { api } from '../../api/api';
import { Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import type { Job, Responder } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { toaster } from '../../ui/toaster';
import { confirming } from '../actions/confirming';
import { undoAssignment, wordsOf } from '../actions/job-actions';
import { verdictWords } from './verdicts';

const t = (key: string, values?: Record<string, unknown>): string => i18next.t(`call:${key}`, { ...values });

const nameOf = (jobId: string): string => {
  const job = entityStore.jobs.get(jobId);
  return job ? jobName(job) : t('respond.anotherJob');
};

/** What somebody would leave, and what would come later or go to somebody else, a line each. */
export function displacementWords({
  interrupts,
  displaces,
}: Pick<Responder, 'interrupts' | 'displaces'>): string[] {
  const now = businessClock.now();
  return [
    ...(interrupts
      ? [
          interrupts.to
            ? t('respond.pauses', {
                job: nameOf(interrupts.jobId),
                time: clockTime(interrupts.to.endsAt, now),
              })
            : t('respond.givesUp', { job: nameOf(interrupts.jobId) }),
        ]
      : []),
    ...displaces.map(({ jobId, outcome, laterSeconds, to }) =>
      outcome === 'later' && to
        ? t('respond.later', {
            job: nameOf(jobId),
            later: duration(laterSeconds),
            time: clockTime(to.arrivesAt, now),
          })
        : t('respond.released', { job: nameOf(jobId) }),
    ),
  ];
}

/** Sends them. What breaks a rule or disturbs somebody else's visit is asked first. */
export function respond(job: Job, row: Responder): Promise<void> {
  const lines = [...row.warnings.map(verdictWords), ...displacementWords(row)];
  if (lines.length === 0) return send(job, row, false);
  return new Promise((done) => {
    confirming.ask({
      title: t('respond.ask', { name: row.name, job: jobName(job) }),
      lines,
      action: row.interrupt ? t('respond.interrupt') : t('respond.send'),
      run: () => void send(job, row, true).then(done),
    });
    done();
  });
}

const onTheWay = new Set<string>();

async function send(job: Job, row: Responder, force: boolean): Promise<void> {
  const what = `${job.id} ${row.workerId}`;
  if (onTheWay.has(what)) return;
  onTheWay.add(what);
  const { workerId, interrupt } = row;
  try {
    const { applied, refusals } = await api.post('/jobs/{id}/respond', {
      path: { id: job.id },
      version: job.version,
      body: { workerId, interrupt, ...(force ? { force } : {}) },
    });
    const undisturbed = displacementWords(row).length === 0;
    if (!applied) toaster.show(refusals.map(verdictWords).join('; '), 'problem');
    // Where others were moved for it, giving the job back would not put them where they were.
    else
      toaster.show(
        t('respond.sent', { name: row.name }),
        'done',
        undisturbed ? () => undoAssignment(job) : undefined,
      );
  } catch (error) {
    const changed = error instanceof Problem && error.code === 'NEEDS_CONFIRMATION';
    toaster.show(changed ? t('respond.changed') : wordsOf(error), 'problem');
  } finally {
    onTheWay.delete(what);
    for (const queryKey of [['job', job.id], ['board'], ['route']])
      void queryClient.invalidateQueries({ queryKey });
  }
}
