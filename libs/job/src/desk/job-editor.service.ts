import { Injectable } from '@nestjs/common';
import { Conflict, type GeoPoint, Invalid } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { seemSwapped, Territory } from '#territory';
import { checkSpan, toDate } from '../http/spans.js';
import type { JobFields } from '../intake/job-fields.dto.js';
import { JobIntake } from '../intake/job-intake.service.js';
import { Job } from '../job.entity.js';
import { jobUpdated } from '../job.facts.js';
import { Jobs } from '../jobs.service.js';
import { workerProblems } from '../rules/draft-job.js';
import { TERMINAL_STATES } from '../rules/job-states.js';

/** States in which the door itself may still change. */
const NOT_YET_THERE = ['unassigned', 'offering', 'assigned', 'en_route', 'unfulfilled', 'failed'];
const TIMES = ['windowStart', 'windowEnd', 'dueAt'] as const;

/** Changes what a job is, never where it stands. */
@Injectable()
export class JobEditor {
  constructor(
    private readonly jobs: Jobs,
    private readonly intake: JobIntake,
    private readonly territory: Territory,
  ) {}

  /** @throws NotFound, Invalid, Conflict VERSION_CONFLICT | JOB_ENDED | ALREADY_THERE */
  async change(tx: Tx, id: string, asked: JobFields, expectedVersion?: number): Promise<Job> {
    const job = await this.jobs.get(tx, id);
    checkVersion(expectedVersion, job.version);
    if (TERMINAL_STATES.includes(job.state))
      throw new Conflict('JOB_ENDED', `A job that is ${job.state} no longer changes.`, { state: job.state });
    const change = await this.changeOf(tx, job, asked);
    const fields = Object.keys(change).filter(
      (field) => !same(job[field as keyof Job], change[field as keyof Job]),
    );
    if (fields.length === 0) return job;
    const version = job.version + 1;
    const { affected } = await tx
      .repo(Job)
      .update({ id, orgId: tx.orgId, version: job.version }, { ...change, version, updatedAt: tx.now });
    if (affected !== 1) checkVersion(job.version, (await this.jobs.get(tx, id)).version);
    const after = Object.assign(job, change, { version, updatedAt: tx.now });
    tx.record(
      jobUpdated(id, {
        jobId: id,
        areaId: after.areaId,
        workerId: after.workerId,
        state: after.state,
        version,
        fields,
        lat: after.lat,
        lon: after.lon,
      }),
    );
    return after;
  }

  private async changeOf(tx: Tx, job: Job, asked: JobFields): Promise<Partial<Job>> {
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    const change = given as Partial<Job>;
    for (const field of TIMES) if (field in given) change[field] = toDate(asked[field]);
    const after = { ...job, ...change };
    checkSpan(after.windowStart, after.windowEnd, ['windowStart', 'windowEnd']);
    const problems = workerProblems(after, await this.intake.unknownWorkers(tx, [asked]));
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

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
