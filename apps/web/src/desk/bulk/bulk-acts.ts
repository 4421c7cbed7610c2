import i18next from 'i18next';
import { call } from '../../api/call';
import { Problem } from '../../api/problem';
import type { ChangeEffect, Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { liveSync } from '../../store/live-sync';
import { wordsOf } from '../actions/job-actions';
import { changeOf, formOf, shifted } from '../change/job-form';
import { undoChange } from '../change/use-change';
import { isHeld } from '../panel/held';
import { verdictWords } from '../panel/verdicts';
import { Refused } from './run-bulk';

type Undo = (() => Promise<void>) | undefined;

const t = (key: string, values?: Record<string, unknown>): string => i18next.t(`call:${key}`, { ...values });
const now = (job: Job): Job => entityStore.jobs.get(job.id) ?? job;

const step = async (job: Job, verb: string, body: object, version?: number): Promise<void> => {
  const answer = await call<Partial<Job> & { jobId?: string }>('POST', `/jobs/${job.id}/${verb}`, {
    version,
    body,
  });
  if (answer.id && answer.version) liveSync.learn(answer as Job);
  else if (answer.jobId) liveSync.learnStep(answer as Parameters<typeof liveSync.learnStep>[0]);
};

/** In words, with the rules that the server named. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof Problem)) return wordsOf(error);
  const named = ['refusals', 'warnings'].flatMap((list) => {
    const texts = error.extra[list];
    return Array.isArray(texts) ? texts.map((text) => verdictWords(String(text))) : [];
  });
  return named.length > 0 ? named.join('; ') : wordsOf(error);
}

/** Gives each of them to one worker, whoever has it now; only where nothing speaks against it, unless `force`. */
export const assignTo =
  (workerId: string, force: boolean) =>
  async (seen: Job): Promise<Undo> => {
    const job = now(seen);
    const before = job.workerId;
    if (isHeld(job) && before === workerId) throw new Refused(t('bulk.hasIt'));
    await step(job, isHeld(job) ? 'reassign' : 'assign', { workerId, force }, job.version);
    const reason = i18next.t('desk:undoReason');
    return () =>
      isHeld(job)
        ? step(job, 'reassign', { workerId: before, force: true })
        : step(job, 'release', { reason });
  };

/** Moves the promised window of each; a visit that is promised follows, or the job stays as it is. */
export const moveBy =
  (byMs: number, force: boolean) =>
  async (seen: Job): Promise<Undo> => {
    const job = now(seen);
    const before = formOf(job);
    if (!before.windowStart && !before.windowEnd) throw new Refused(t('bulk.noWindow'));
    const change = changeOf(before, shifted(before, byMs, businessClock.now()));
    const effect = await call<ChangeEffect>('POST', `/jobs/${job.id}/change-preview`, { body: change });
    const saved = await call<Job>('PATCH', `/jobs/${job.id}`, {
      version: job.version,
      body: { ...change, force },
    });
    liveSync.learn(saved);
    return () => undoChange(job, change, effect, { quietly: true });
  };

/** A cancelled job does not come back. */
export const cancelFor =
  (reason: string) =>
  async (seen: Job): Promise<Undo> => {
    const job = now(seen);
    await step(job, 'cancel', { reason }, job.version);
    return undefined;
  };
