import { Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { type Principal, type TimelineEntry, Timelines, type Tx } from '#platform';
import { JobAccessService } from '../http/job-access.service.js';
import { jobNoted } from '../job.facts.js';
import { asJson, clampTime, type TimeClaim } from '../lifecycle/clamp-time.js';
import type { Job } from '../lifecycle/job.entity.js';
import { JobNote } from './job-note.entity.js';

const MOST_NOTES = 500;

/** What happened to a job and what was said about it. */
@Injectable()
export class JobHistoryService {
  constructor(
    private readonly access: JobAccessService,
    private readonly timelines: Timelines,
  ) {}

  /** Oldest first, as far as the caller may see. @throws NotFound */
  async timeline(tx: Tx, caller: Principal, jobId: string): Promise<TimelineEntry[]> {
    await this.access.job(tx, caller, jobId);
    return this.timelines.of(tx, caller, jobId);
  }

  /** @throws NotFound */
  async note(
    tx: Tx,
    caller: Principal,
    jobId: string,
    said: { text: string; occurredAt?: Date },
  ): Promise<JobNote> {
    const job = await this.access.job(tx, caller, jobId, caller.role === 'worker' ? 'work' : 'update');
    return this.keep(tx, job, {
      text: said.text,
      occurredAt: said.occurredAt,
      authorId: caller.id,
      authorRole: caller.role,
      workerId: caller.workerId ?? null,
    });
  }

  async keep(
    tx: Tx,
    job: Job,
    said: Pick<JobNote, 'text' | 'authorId' | 'authorRole' | 'workerId'> & { occurredAt?: Date | TimeClaim },
  ): Promise<JobNote> {
    const time = clampTime(said.occurredAt ?? tx.now, { createdAt: job.createdAt, receivedAt: tx.now });
    const note = tx.repo(JobNote).create({
      ...said,
      id: newId(),
      orgId: tx.orgId,
      jobId: job.id,
      occurredAt: time.at,
      createdAt: tx.now,
    });
    await tx.repo(JobNote).insert(note);
    tx.record(
      jobNoted(
        job.id,
        {
          jobId: job.id,
          noteId: note.id,
          workerId: job.workerId,
          areaId: job.areaId,
          ...(time.claimed ? { claimed: asJson(time) } : {}),
        },
        note.occurredAt,
      ),
    );
    return note;
  }

  /** Oldest first. @throws NotFound */
  async notes(tx: Tx, caller: Principal, jobId: string): Promise<JobNote[]> {
    await this.access.job(tx, caller, jobId);
    return tx
      .repo(JobNote)
      .find({ where: { jobId, orgId: tx.orgId }, order: { createdAt: 'ASC', id: 'ASC' }, take: MOST_NOTES });
  }
}
