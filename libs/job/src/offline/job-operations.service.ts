import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Conflict, Invalid, isBlank, NotFound } from '#kernel';
import {
  type LateVerdict,
  OfflineKinds,
  type OfflineSubject,
  type Principal,
  type RecordedTime,
  type RecordedWork,
  type Recorder,
  type Tx,
} from '#platform';
import { JobHistoryService } from '../desk/job-history.service.js';
import { JobArrivalService } from '../field/job-arrival.service.js';
import type { Job } from '../lifecycle/job.entity.js';
import { JOB_EVENTS, type JobEvent, mayFire } from '../lifecycle/job-states.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import { judgeLate, type ParkCode } from './judge-late.js';

/** They need an offer or an assignment, which the job stage does not know. */
const OF_DISPATCH: readonly JobEvent[] = ['offer', 'withdraw', 'assign', 'release', 'expire'];

/** What workers record about jobs offline: their verbs, and notes. */
@Injectable()
export class JobOperationsService implements OnModuleInit, OfflineSubject<Job> {
  readonly type = 'job';
  readonly parkedErrors: readonly ParkCode[] = ['ILLEGAL_TRANSITION', 'UNDO_WINDOW_OVER'];

  constructor(
    private readonly kinds: OfflineKinds,
    private readonly jobs: JobsService,
    private readonly arrival: JobArrivalService,
    private readonly history: JobHistoryService,
  ) {}

  onModuleInit(): void {
    this.kinds.addSubject<Job>(this);
    const verbs = JOB_EVENTS.filter((event) => mayFire('worker', event) && !OF_DISPATCH.includes(event));
    this.kinds.add<Job>(
      ...verbs.map((kind) => ({
        subjectType: 'job',
        kind,
        apply: (tx: Tx, job: Job, work: RecordedWork) => this.fire(tx, job, kind, work),
      })),
      {
        subjectType: 'job',
        kind: 'note',
        apply: (tx, job, { data, time, ...recorder }) =>
          this.note(tx, job, { ...recorder, text: textOf(data, 'text', true)!, occurredAt: time }),
      },
    );
  }

  get(tx: Tx, id: string): Promise<Job> {
    return this.jobs.get(tx, id);
  }

  async lock(tx: Tx, id: string): Promise<Job> {
    await tx.sql(`SELECT 1 FROM jobs WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE`, [tx.orgId, id]);
    return this.jobs.get(tx, id);
  }

  /** Whoever holds it, or held it when their phone recorded this. */
  checkAccess({ workerId }: Principal, job: Job): void {
    if (!workerId || (job.workerId !== workerId && !job.heldBy.includes(workerId))) throw new NotFound('job');
  }

  async judge(tx: Tx, job: Job, { operation, workerId, userId, time }: RecordedWork): Promise<LateVerdict> {
    const changed = await changedByOthers(tx, job.id, userId, operation.baseVersion);
    return judgeLate({ kind: operation.kind, workerId, occurredAt: time.correctedAt }, job, changed);
  }

  checkRecorder(job: Job, { workerId }: Recorder): void {
    if (job.workerId !== workerId)
      throw new Conflict('OTHER_WORKER', 'The worker who recorded it does not hold the job now.', {
        state: job.state,
      });
  }

  async note(
    tx: Tx,
    job: Job,
    { text, userId, workerId, occurredAt }: Recorder & { text: string; occurredAt: Date | RecordedTime },
  ): Promise<void> {
    const said = { text, authorId: userId, authorRole: 'worker', workerId, occurredAt };
    await this.history.keep(tx, job, said);
  }

  private async fire(
    tx: Tx,
    { id: jobId }: Job,
    event: JobEvent,
    { operation, data, time }: RecordedWork,
  ): Promise<void> {
    const note = textOf(data, 'note');
    const tag = event === 'arrive' ? textOf(data, 'tag') : undefined;
    await this.jobs.transition(tx, {
      jobId,
      event,
      reason: operation.reason,
      occurredAt: time,
      ...(event === 'arrive' ? { arrival: this.arrival.evidence(tx, tag) } : {}),
      data: { offline: true, deviceId: operation.deviceId, ...(note ? { note } : {}) },
    });
  }
}

/** Names of the fields that others changed after version `since`. */
async function changedByOthers(
  tx: Tx,
  jobId: string,
  userId: string,
  since: number | null | undefined,
): Promise<string[]> {
  if (since === null || since === undefined) return [];
  const rows = await tx.sql<{ field: string }>(
    `SELECT DISTINCT jsonb_array_elements_text(data->'fields') AS field FROM facts
     WHERE org_id = $1 AND subject_id = $2 AND type = 'job.updated' AND (data->>'version')::integer > $3
       AND actor->>'id' IS DISTINCT FROM $4`,
    [tx.orgId, jobId, since, userId],
  );
  return rows.map((row) => row.field);
}

function textOf(data: Record<string, unknown>, field: string, required = false): string | undefined {
  const value = data[field];
  if (value === undefined && !required) return undefined;
  if (typeof value !== 'string' || isBlank(value) || value.length > 5_000)
    throw Invalid.field(`data.${field}`, 'must be a text of 1 to 5,000 characters', 5_000);
  return value;
}
