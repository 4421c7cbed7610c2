import type { Job, WireFact, WorkerStatus } from '../api/types';
import type { entityStore } from './entity-store';

export interface Stale {
  /** Rows whose content is no longer known; fetched again, together. */
  jobs: Set<string>;
  workers: Set<string>;
  areas: boolean;
  serviceTypes: boolean;
  board: boolean;
  alerts: boolean;
}

export const nothingStale = (): Stale => ({
  jobs: new Set(),
  workers: new Set(),
  areas: false,
  serviceTypes: false,
  board: false,
  alerts: false,
});

const BOARD = /^(job|assignment|offer|shift|worker)\./;
const ALERTS = /^(job|offer|alert|conflict|worker\.(silent|back|status))/;

/** Puts what a fact says into the rows, and notes in `stale` what it does not say. */
export function applyFact(fact: WireFact, into: typeof entityStore, stale: Stale): void {
  const { type } = fact;
  const data = fact.data ?? {};
  const [subject, verb] = type.split('.', 2);
  if (BOARD.test(type)) stale.board = true;
  if (ALERTS.test(type)) stale.alerts = true;
  if (subject === 'job') applyJob(fact, data, into, stale);
  else if (subject === 'worker')
    applyWorker(String(data.workerId ?? fact.subjectId), verb ?? '', data, into, stale);
  else if (subject === 'shift') stale.workers.add(String(data.workerId));
  else if (subject === 'area') stale.areas = true;
  else if (subject === 'service_type') stale.serviceTypes = true;
}

function applyJob(
  fact: WireFact,
  data: Record<string, unknown>,
  into: typeof entityStore,
  stale: Stale,
): void {
  const id = String(data.jobId ?? fact.subjectId);
  const job = into.jobs.get(id);
  const verb = fact.type.slice('job.'.length);
  const version = data.version as number | undefined;
  if (verb === 'proof_refused') into.jobs.patch(id, { proofRefused: refusedBy(fact, data) });
  if (verb === 'proof_added' && job?.proofRefused?.kind === data.kind)
    into.jobs.patch(id, { proofRefused: null });
  if (version === undefined) return; // notes, proofs and evaluations leave the row alone
  if (!job || data.to === undefined) {
    if (!job || job.version < version) stale.jobs.add(id);
    return;
  }
  if (job.version >= version) return;
  const to = data.to as Job['state'];
  into.jobs.put({
    ...job,
    version,
    state: to,
    stateSince: fact.occurredAt ?? job.stateSince,
    workerId:
      to === 'unassigned' || to === 'offering' ? null : ((data.workerId as string | null) ?? job.workerId),
  });
  // A step skipped over (two changes, one seen), or one that writes more columns than it tells.
  if (
    version > job.version + 1 ||
    to === 'paused' ||
    to === 'completed' ||
    to === 'failed' ||
    to === 'cancelled'
  )
    stale.jobs.add(id);
}

function refusedBy(fact: WireFact, data: Record<string, unknown>): Job['proofRefused'] {
  const { kind, code, detail } = data as unknown as NonNullable<Job['proofRefused']>;
  return { kind, code, detail, at: fact.occurredAt ?? new Date().toISOString() };
}

function applyWorker(
  id: string,
  verb: string,
  data: Record<string, unknown>,
  into: typeof entityStore,
  stale: Stale,
): void {
  if (verb === 'status_changed') {
    into.workers.patch(id, { status: data.to as WorkerStatus });
    if (!into.workers.get(id)) stale.workers.add(id);
  } else if (verb === 'silent') into.workers.patch(id, { silentSince: new Date().toISOString() });
  else if (verb === 'back') into.workers.patch(id, { silentSince: null });
  else if (verb === 'archived') into.workers.remove(id);
  else stale.workers.add(id);
}
