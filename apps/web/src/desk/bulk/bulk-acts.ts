import i18next from 'i18next';
import { api } from '../../api/api';
import { Problem } from '../../api/problem';
import type { Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { liveSync } from '../../store/live-sync';
import { wordsOf } from '../actions/job-actions';
import { sendVerb } from '../actions/send-verb';
import { changeOf, formOf, shifted } from '../change/job-form';
import { undoChange } from '../change/use-change';
import { isHeld } from '../panel/held';
import { verdictWords } from '../panel/verdicts';
import { Refused } from './run-bulk';

type Undo = (() => Promise<void>) | undefined;

const t = (key: string, values?: Record<string, unknown>): string => i18next.t(`call:${key}`, { ...values });
const now = (job: Job): Job => entityStore.jobs.get(job.id) ?? job;

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
    await sendVerb(job, isHeld(job) ? 'reassign' : 'assign', { workerId, force }, job.version);
    const reason = i18next.t('desk:undoReason');
    return () =>
      isHeld(job) && before
        ? sendVerb(job, 'reassign', { workerId: before, force: true })
        : sendVerb(job, 'release', { reason });
  };

/** Moves the promised window of each; a visit that is promised follows, or the job stays as it is. */
export const moveBy =
  (byMs: number, force: boolean) =>
  async (seen: Job): Promise<Undo> => {
    const job = now(seen);
    const before = formOf(job);
    if (!before.windowStart && !before.windowEnd) throw new Refused(t('bulk.noWindow'));
    const change = changeOf(before, shifted(before, byMs, businessClock.now()));
    const effect = await api.post('/jobs/{id}/change-preview', { path: { id: job.id }, body: change });
    const saved = await api.patch('/jobs/{id}', {
      path: { id: job.id },
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
    await sendVerb(job, 'cancel', { reason }, job.version);
    return undefined;
  };
