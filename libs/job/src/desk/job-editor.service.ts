import { Injectable } from '@nestjs/common';
import { Conflict, type GeoPoint, Invalid } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { seemSwapped, TerritoryService } from '#territory';
import { checkSpan, toDate } from '../http/spans.js';
import { findWorkerProblems } from '../intake/draft-job.js';
import type { JobFields } from '../intake/job-fields.dto.js';
import { JobIntakeService } from '../intake/job-intake.service.js';
import { jobUpdated } from '../job.facts.js';
import { Job } from '../lifecycle/job.entity.js';
import {
  type ChangeEffect,
  type JobChange,
  JobFollowersService,
  type VisitRequest,
} from '../lifecycle/job-followers.service.js';
import { TERMINAL_STATES } from '../lifecycle/job-states.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import { termsOf } from '../lifecycle/terms-of.js';
import { callerKey } from './caller-key.js';

/** States in which the door itself may still change. */
const NOT_YET_THERE = ['unassigned', 'offering', 'assigned', 'en_route', 'unfulfilled', 'failed'];
const TIMES = ['windowStart', 'windowEnd', 'dueAt'] as const;

export interface JobEdit {
  asked: JobFields;
  expectedVersion?: number;
  request: VisitRequest;
}

/** Changes what a job is; a visit that was promised for it follows in the same transaction. */
@Injectable()
export class JobEditorService {
  constructor(
    private readonly jobs: JobsService,
    private readonly intake: JobIntakeService,
    private readonly territory: TerritoryService,
    private readonly followers: JobFollowersService,
  ) {}

  /** Saves nothing. @throws as `change`, but for what the visit says */
  async preview(tx: Tx, id: string, edit: JobEdit): Promise<ChangeEffect & { fields: string[] }> {
    const { fields, ...update } = await this.foresee(tx, id, edit);
    return { ...(await this.followers.foresee(tx, { fields, ...update })), fields: [...fields] };
  }

  /**
   * @throws NotFound, Invalid, Conflict VERSION_CONFLICT | JOB_ENDED | ALREADY_THERE; VISIT_CANNOT_FOLLOW naming the rules and
   * the clash; NEEDS_CONFIRMATION with the warnings unless `force`.
   */
  async change(tx: Tx, id: string, edit: JobEdit): Promise<Job> {
    const change = await this.foresee(tx, id, edit);
    const { before, after, fields } = change;
    if (fields.length === 0) return before;
    checkEffect(await this.followers.foresee(tx, change), edit.request);
    await tx.repo(Job).update(
      { id, orgId: tx.orgId },
      {
        ...Object.fromEntries(fields.map((field) => [field, after[field as keyof Job]])),
        callerKey: callerKey(after.contactPhone),
        version: after.version,
        updatedAt: tx.now,
      },
    );
    tx.record(
      jobUpdated(id, {
        ...termsOf(after),
        jobId: id,
        areaId: after.areaId,
        workerId: after.workerId,
        state: after.state,
        version: after.version,
        fields: [...fields],
        lat: after.lat,
        lon: after.lon,
      }),
    );
    await this.followers.changed(tx, change);
    return this.jobs.get(tx, id);
  }

  /** The job before and after, with its row locked. */
  private async foresee(
    tx: Tx,
    id: string,
    { asked, expectedVersion, request }: JobEdit,
  ): Promise<JobChange> {
    const before = await this.jobs.lock(tx, id);
    checkVersion(expectedVersion, before.version);
    if (TERMINAL_STATES.includes(before.state))
      throw new Conflict('JOB_ENDED', `The job is ${before.state} and can no longer be changed.`, {
        state: before.state,
      });
    const change = await this.changeOf(tx, before, asked);
    const fields = Object.keys(change).filter(
      (field) => !same(before[field as keyof Job], change[field as keyof Job]),
    );
    const after = Object.assign(tx.repo(Job).create(before), change, {
      version: before.version + 1,
      updatedAt: tx.now,
    });
    return { before, after, fields, request };
  }

  private async changeOf(tx: Tx, job: Job, asked: JobFields): Promise<Partial<Job>> {
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    const change = given as Partial<Job>;
    if (typeof change.contactPhone === 'string' && change.contactPhone !== job.contactPhone)
      change.contactPhone = await this.intake.readPhone(tx, change.contactPhone);
    for (const field of TIMES) if (field in given) change[field] = toDate(asked[field]);
    const after = { ...job, ...change };
    checkSpan(after.windowStart, after.windowEnd, ['windowStart', 'windowEnd']);
    const problems = findWorkerProblems(after, await this.intake.unknownWorkers(tx, [asked]));
    if (problems.length > 0) throw new Invalid(problems);
    if ('lat' in given || 'lon' in given) {
      if (after.siteId) throw Invalid.field('lat', 'the job belongs to a site, which has its own place');
      change.areaId = await this.areaOf(tx, after);
    }
    if (('lat' in given || 'lon' in given || 'address' in given) && !NOT_YET_THERE.includes(job.state))
      throw new Conflict('ALREADY_THERE', `The door of a job that is ${job.state} cannot change.`, {
        state: job.state,
      });
    return change;
  }

  private async areaOf(tx: Tx, point: GeoPoint): Promise<string | null> {
    const index = await this.territory.index(tx, { hold: true });
    const faults = seemSwapped(index, point);
    if (faults.length > 0) throw new Invalid(faults);
    return index.at(point)?.id ?? null;
  }
}

function checkEffect({ refusals, warnings, visit }: ChangeEffect, { force }: VisitRequest): void {
  if (refusals.length > 0)
    throw new Conflict('VISIT_CANNOT_FOLLOW', `The promised visit cannot follow: ${refusals.join('; ')}.`, {
      refusals,
      warnings,
      visit,
    });
  if (warnings.length > 0 && !force)
    throw new Conflict('NEEDS_CONFIRMATION', `Change it anyway? ${warnings.join('; ')}.`, {
      warnings,
      visit,
    });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
