import { Injectable } from '@nestjs/common';
import { Any } from 'typeorm';
import { Conflict, DomainError, Invalid, NotFound, newId } from '#kernel';
import { checkVersion, OrganizationPolicies, requestContext, type Tx } from '#platform';
import { callerKey } from '../desk/caller-key.js';
import type { ArrivalEvidence } from '../field/arrival-fence.js';
import { jobCreated, jobFacts } from '../job.facts.js';
import { fieldPolicy } from '../job.policy.js';
import { judgeVisit } from '../proof/evidence-strength.js';
import { demandProof } from '../proof/required-proof.js';
import { asJson, claimedOf, clampTime, type KeptTime, type TimeClaim } from './clamp-time.js';
import { Job } from './job.entity.js';
import { JobFollowersService } from './job-followers.service.js';
import { edgeOf, isTooLate, type JobEvent, nextState, reasonProblem } from './job-states.js';
import { termsOf } from './terms-of.js';
import { transitionAfter } from './transition-after.js';

/** Everything a job is made of; what is left out takes the table's default. */
export type JobDraft = Pick<Job, 'lat' | 'lon' | 'address' | 'durationSeconds'> &
  Partial<
    Omit<
      Job,
      | 'orgId'
      | 'number'
      | 'callerKey'
      | 'version'
      | 'state'
      | 'stateSince'
      | 'workerId'
      | 'heldBy'
      | 'createdAt'
      | 'updatedAt'
    >
  >;

export interface Transition {
  jobId: string;
  event: JobEvent;
  /** The version the caller saw; absent: whatever it is. */
  expectedVersion?: number;
  reason?: string | null;
  /** Who gets it; `assign` needs it. */
  workerId?: string;
  /** Goes into the fact. */
  data?: Record<string, unknown>;
  /** What the arrival rests on; asked with the time that counts, when it depends on that. */
  arrival?: ArrivalEvidence | ((job: Job, at: Date) => Promise<ArrivalEvidence>);
  /** When it happened, as the phone says; held to what is possible before anything is made of it. */
  occurredAt?: Date | TimeClaim;
}

const ATTEMPTS = 4;
const INSERT_CHUNK = 200;

/** Jobs as the other stages meet them. `transition` is the only writer of `state`. */
@Injectable()
export class JobsService {
  constructor(
    private readonly policies: OrganizationPolicies,
    private readonly followers: JobFollowersService,
  ) {}

  async create(tx: Tx, draft: JobDraft): Promise<Job> {
    return (await this.createMany(tx, [draft]))[0]!;
  }

  /** All or none. @throws Conflict EXTERNAL_REF_TAKEN. */
  async createMany(tx: Tx, drafts: JobDraft[]): Promise<Job[]> {
    const actor = requestContext.actor();
    const repo = tx.repo(Job);
    const jobs: Job[] = [];
    for (let i = 0; i < drafts.length; i += INSERT_CHUNK) {
      const chunk = drafts.slice(i, i + INSERT_CHUNK).map((draft) =>
        repo.create({
          ...draft,
          callerKey: callerKey(draft.contactPhone),
          id: draft.id ?? newId(),
          orgId: tx.orgId,
          version: 1,
          state: 'unassigned',
          stateSince: tx.now,
          createdAt: tx.now,
          createdBy: draft.createdBy ?? actor.id,
          updatedAt: tx.now,
        }),
      );
      await repo.insert(chunk).catch(refTaken);
      tx.record(...chunk.map((job) => jobCreated(job.id, createdData(job))));
      jobs.push(...chunk);
    }
    await this.followers.created(tx, jobs);
    return jobs;
  }

  /** @throws NotFound */
  async get(tx: Tx, id: string): Promise<Job> {
    const job = await tx.repo(Job).findOneBy({ id, orgId: tx.orgId });
    if (!job) throw new NotFound('job');
    return job;
  }

  /**
   * The job, its row held until the end of the transaction: what changes one job happens one after the other.
   * @throws NotFound
   */
  async lock(tx: Tx, id: string): Promise<Job> {
    const [job] = await this.lockAll(tx, [id]);
    if (!job) throw new NotFound('job');
    return job;
  }

  /** Those of `ids` that there are, in the order of their ids, so that two callers never wait for each other. */
  lockAll(tx: Tx, ids: readonly string[]): Promise<Job[]> {
    return tx.repo(Job).find({
      where: { id: Any([...ids]), orgId: tx.orgId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /**
   * Takes a job along one edge of the table, by compare-and-set.
   * @throws NotFound, Conflict ILLEGAL_TRANSITION | VERSION_CONFLICT | UNDO_WINDOW_OVER | PROOF_MISSING, Invalid for a missing reason.
   */
  async transition(tx: Tx, step: Transition): Promise<Job> {
    const problem = reasonProblem(step.event, step.reason);
    if (problem) throw Invalid.field('reason', problem);
    if (edgeOf(step.event).holder === 'set' && !step.workerId)
      throw Invalid.field('workerId', 'a worker is required');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const job = await this.get(tx, step.jobId);
      checkVersion(step.expectedVersion, job.version);
      const moved = await this.move(tx, job, step);
      if (moved) return moved;
      // Somebody was faster; look again, and say so if the caller had a version or the way is closed now.
    }
    throw new DomainError('TRY_AGAIN', 409, 'The job keeps changing; try again.');
  }

  /** Jobs that are unassigned and whose rows are held are now being offered: all of them by one statement. */
  async startOffering(tx: Tx, jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const event = 'offer';
    const time: KeptTime = { at: tx.now, claimed: null };
    const to = nextState(jobs[0]!, event);
    if (!to || jobs.some(({ state }) => state !== jobs[0]!.state))
      throw new Error(
        `only unassigned jobs can be offered, not ${jobs.map(({ state }) => state).join(', ')}`,
      );
    await tx.sql(
      `UPDATE jobs SET state = $3, state_since = $4, updated_at = $4, version = version + 1
       WHERE org_id = $1 AND id = ANY($2::uuid[])`,
      [tx.orgId, jobs.map(({ id }) => id), to, tx.now],
    );
    for (const job of jobs) {
      const change = { state: to, stateSince: tx.now, version: job.version + 1, updatedAt: tx.now };
      const after = Object.assign(tx.repo(Job).create(job), change);
      this.record(tx, job, after, { jobId: job.id, event, time });
      await this.followers.stepped(tx, { before: job, after, event, reason: null });
    }
  }

  private async move(tx: Tx, job: Job, step: Transition): Promise<Job | null> {
    const { event } = step;
    const to = nextState(job, event);
    if (!to)
      throw new Conflict('ILLEGAL_TRANSITION', `The job is ${job.state}, so "${event}" is not possible.`, {
        state: job.state,
        event,
        version: job.version,
      });
    if (isTooLate(event, job.undoUntil, tx.now))
      throw new Conflict('UNDO_WINDOW_OVER', 'The undo window has passed.', {
        state: job.state,
        undoUntil: job.undoUntil,
      });
    const proof = edgeOf(event).needsProof ? await demandProof(tx, job) : null;
    const time = happenedAt(job, step.occurredAt, tx.now);
    const arrival = typeof step.arrival === 'function' ? await step.arrival(job, time.at) : step.arrival;
    const evidence =
      proof &&
      judgeVisit({
        proofRequired: job.proofRequired,
        items: proof,
        arrival: job.arrival,
        claimed: claimedOf(time),
      });
    const field = event === 'complete' ? await this.policies.of(tx, fieldPolicy) : null;
    const change = transitionAfter(job, {
      event,
      to,
      at: time.at,
      reason: step.reason ?? null,
      workerId: step.workerId ?? null,
      arrival: arrival ?? null,
      evidence,
      undoSeconds: field?.undoSeconds ?? 0,
      now: tx.now,
    });
    const version = job.version + 1;
    const { affected } = await tx
      .repo(Job)
      .update(
        { id: job.id, orgId: tx.orgId, version: job.version, state: job.state },
        { ...change, version, updatedAt: tx.now },
      );
    if (affected !== 1) return null;
    const moved = Object.assign(tx.repo(Job).create(job), change, { version, updatedAt: tx.now });
    if (field)
      await tx.schedule('job.close', job.id, new Date(tx.now.getTime() + field.reviewSeconds * 1_000));
    if (event === 'undo_complete' || event === 'close') await tx.unschedule('job.close', job.id);
    this.record(tx, job, moved, { ...step, arrival, time });
    await this.followers.stepped(tx, { before: job, after: moved, event, reason: step.reason ?? null });
    return moved;
  }

  private record(
    tx: Tx,
    before: Job,
    job: Job,
    step: Transition & { arrival?: ArrivalEvidence; time: KeptTime },
  ): void {
    tx.record(
      jobFacts[step.event](
        job.id,
        {
          ...step.data,
          ...(step.arrival ? { arrival: step.arrival } : {}),
          ...(edgeOf(step.event).needsProof ? { evidence: job.evidence } : {}),
          ...(step.time.claimed ? { claimed: asJson(step.time) } : {}),
          jobId: job.id,
          areaId: job.areaId,
          siteId: job.siteId,
          serviceTypeId: job.serviceTypeId,
          ...termsOf(job),
          workerId: job.workerId ?? before.workerId,
          from: before.state,
          to: job.state,
          version: job.version,
          reason: step.reason ?? null,
          lat: job.lat,
          lon: job.lon,
        },
        step.time.at,
      ),
    );
  }
}

function happenedAt(job: Job, said: Date | TimeClaim | undefined, now: Date): KeptTime {
  if (!said) return { at: now, claimed: null };
  const { createdAt, assignedAt, stateSince } = job;
  return clampTime(said, { createdAt, assignedAt, stateSince, receivedAt: now });
}

function createdData(job: Job) {
  return {
    ...termsOf(job),
    jobId: job.id,
    areaId: job.areaId ?? null,
    siteId: job.siteId ?? null,
    serviceTypeId: job.serviceTypeId ?? null,
    state: job.state,
    version: job.version,
    lat: job.lat,
    lon: job.lon,
    externalRef: job.externalRef ?? null,
  };
}

function refTaken(error: unknown): never {
  const driver = (error as { driverError?: { constraint?: string; detail?: string } }).driverError;
  if (driver?.constraint !== 'jobs_external_ref') throw error;
  const ref = /\)=\([^,]*, (.*)\)/.exec(driver.detail ?? '')?.[1];
  throw new Conflict(
    'EXTERNAL_REF_TAKEN',
    `There is a job with the external reference ${ref ?? ''} already.`,
    {
      externalRef: ref ?? null,
    },
  );
}
