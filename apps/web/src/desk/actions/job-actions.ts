import i18next from 'i18next';
import { nextState } from '#libs/job/src/lifecycle/job-states';
import { api } from '../../api/api';
import { Problem, problemWords } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import type { Job } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { heldJob } from '../../store/held-job';
import { liveSync } from '../../store/live-sync';
import { jobName } from '../../ui/job-number';
import { toaster, UNDO_MS } from '../../ui/toaster';
import { isHeld } from '../panel/held';
import { verdictWords } from '../panel/verdicts';
import { afterConflict } from './after-conflict';
import { confirming } from './confirming';
import { conflicts } from './conflicts';
import { type DeskStep, type DeskVerb, sendVerb, type VerbBody } from './send-verb';

interface Command<V extends DeskVerb = DeskVerb> {
  job: Job;
  verb: V;
  body: VerbBody<V>;
  /** What the row will look like; shown at once, taken back when the server says no. */
  expect?: Partial<Job>;
  /** Said when it is done; without words nothing is said. */
  done?: string;
  undo?: () => Promise<void>;
  /** What to ask when the server has warnings that nobody has seen. */
  ask?: (problem: Problem) => void;
  /** Undefined: whatever version it is now. */
  version?: number;
}

const name = (workerId: string | null) => entityStore.workers.get(workerId)?.name ?? '';
const t = (key: string, values?: Record<string, unknown>): string => i18next.t(`desk:${key}`, { ...values });

const onTheWay = new Map<string, Promise<boolean>>();

/**
 * Sends one verb, shows its outcome before the answer, and says what went wrong. True when the server agreed. A verb
 * that is on its way already (a double click, a key held down) is not sent again.
 */
function command<V extends DeskVerb>(c: Command<V>): Promise<boolean> {
  const what = JSON.stringify([c.job.id, c.verb, c.body]);
  const sent = onTheWay.get(what) ?? carryOut(c).finally(() => onTheWay.delete(what));
  onTheWay.set(what, sent);
  return sent;
}

async function carryOut(c: Command): Promise<boolean> {
  const before = entityStore.jobs.get(c.job.id) ?? c.job;
  if (c.expect) entityStore.jobs.put({ ...before, ...c.expect });
  try {
    await sendVerb(c.job, c.verb, c.body, c.version);
    if (c.done) toaster.show(c.done, 'done', c.undo);
    void queryClient.invalidateQueries({ queryKey: ['job', c.job.id] });
    return true;
  } catch (error) {
    if (c.expect && entityStore.jobs.get(c.job.id)?.version === before.version) entityStore.jobs.put(before);
    if (
      error instanceof Problem &&
      (error.code === 'VERSION_CONFLICT' || error.code === 'ILLEGAL_TRANSITION')
    )
      return explainConflict(c, before, error);
    if (error instanceof Problem && error.code === 'NEEDS_CONFIRMATION' && c.ask) c.ask(error);
    else toaster.show(wordsOf(error), 'problem');
    return false;
  }
}

/**
 * Somebody else was there first. True when what was wanted has come about by that; else theirs is shown beside ours, and
 * the dispatcher chooses.
 */
async function explainConflict(c: Command, seen: Job, problem: Problem): Promise<boolean> {
  const present = await api
    .get('/jobs/{id}', { path: { id: c.job.id } })
    .then(heldJob)
    .catch(() => null);
  if (!present) {
    toaster.show(wordsOf(problem), 'problem');
    return false;
  }
  liveSync.learn(present);
  void queryClient.invalidateQueries({ queryKey: ['job', c.job.id] });
  const workerId = 'workerId' in c.body ? c.body.workerId : undefined;
  const left = afterConflict({ verb: c.verb, workerId, state: c.expect?.state }, present);
  if (left === 'already') {
    toaster.show(workerId ? t('conflict.gaveSame', { name: name(workerId) }) : t('conflict.didSame'));
    return true;
  }
  const again =
    left === 'reassign' && workerId
      ? () => reassign(present, workerId, 'force' in c.body && c.body.force)
      : () => command({ ...c, job: present, version: present.version });
  conflicts.set({ seen, present, verb: left, workerId: workerId ?? null, again: left ? again : null });
  return false;
}

export function wordsOf(error: unknown): string {
  return error instanceof Problem ? problemWords(error) : i18next.t('common:problem');
}

/** Asks before it gives a job to somebody although a rule speaks against it. */
function askToAssign(job: Job, workerId: string, warnings: readonly string[], assignTo: typeof assign): void {
  confirming.ask({
    title: t('confirm.give', { name: name(workerId), job: jobName(job) }),
    lines: warnings.map(verdictWords),
    action: isHeld(job) ? t('confirm.reassign') : t('action.assignAnyway'),
    run: () => void assignTo(entityStore.jobs.get(job.id) ?? job, workerId, true),
  });
}

const warningsIn = (problem: Problem): string[] =>
  Array.isArray(problem.extra.warnings) ? problem.extra.warnings.map(String) : [];

/** Gives the job to the worker, whoever has it now. Where a warning stands against it, the dispatcher is asked first. */
export function assignOrReassign(job: Job, workerId: string, warnings: readonly string[]): Promise<boolean> {
  const toWorker = isHeld(job) ? reassign : assign;
  if (warnings.length === 0) return toWorker(job, workerId);
  askToAssign(job, workerId, warnings, toWorker);
  return Promise.resolve(false);
}

function assign(job: Job, workerId: string, force = false): Promise<boolean> {
  return command({
    job,
    verb: 'assign',
    ask: (problem) => askToAssign(job, workerId, warningsIn(problem), assign),
    version: job.version,
    body: { workerId, ...(force ? { force } : {}) },
    expect: { state: 'assigned', workerId },
    done: t('done.assigned', { name: name(workerId) }),
    undo: () => undoAssignment(job),
  });
}

/** What was given away by mistake is open again, whatever its version is by now. */
export async function undoAssignment(job: Job): Promise<void> {
  await command({ job, verb: 'release', body: { reason: t('undoReason') }, done: t('done.undone') });
}

export function offer(job: Job, workerId: string): Promise<boolean> {
  return command({
    job,
    verb: 'offer',
    version: job.version,
    body: { workerId },
    expect: { state: 'offering' },
    done: t('done.offered', { name: name(workerId) }),
  });
}

export function release(job: Job, reason: string): Promise<boolean> {
  const { workerId } = job;
  return command({
    job,
    verb: 'release',
    version: job.version,
    body: { reason },
    expect: { state: 'unassigned', workerId: null },
    done: t('done.released'),
    undo: workerId
      ? async () => {
          await command({ job, verb: 'assign', body: { workerId, force: true }, done: t('done.undone') });
        }
      : undefined,
  });
}

function reassign(job: Job, workerId: string, force = false): Promise<boolean> {
  const before = job.workerId;
  return command({
    job,
    verb: 'reassign',
    ask: (problem) => askToAssign(job, workerId, warningsIn(problem), reassign),
    version: job.version,
    body: { workerId, ...(force ? { force } : {}) },
    expect: { workerId, state: 'assigned' },
    done: t('done.assigned', { name: name(workerId) }),
    undo: before
      ? async () => {
          await command({
            job,
            verb: 'reassign',
            body: { workerId: before, force: true },
            done: t('done.undone'),
          });
        }
      : undefined,
  });
}

/** A cancelled job does not come back, so the cancelling itself waits for ten seconds. */
export function cancel(job: Job, reason: string): void {
  const before = entityStore.jobs.get(job.id) ?? job;
  entityStore.jobs.put({ ...before, state: 'cancelled', cancelReason: reason });
  let held = true;
  const send = () => {
    if (!held) return;
    held = false;
    removeEventListener('pagehide', send);
    entityStore.jobs.put(before);
    void command({
      job,
      verb: 'cancel',
      version: before.version,
      body: { reason },
      expect: { state: 'cancelled' },
    });
  };
  addEventListener('pagehide', send);
  setTimeout(send, UNDO_MS);
  toaster.show(t('done.cancelled'), 'done', () => {
    held = false;
    removeEventListener('pagehide', send);
    entityStore.jobs.put(before);
    toaster.show(t('done.undone'));
  });
}

/** Every other step of the table: what a worker says on the telephone, a second try, taking up again. */
export const step = (job: Job, event: DeskStep, reason?: string): Promise<boolean> =>
  command({
    job,
    verb: event,
    version: job.version,
    body: reason ? { reason } : {},
    expect: { state: nextState(job, event) ?? job.state },
    done: t('done.step', { event: t(`event.${event}`) }),
  });
