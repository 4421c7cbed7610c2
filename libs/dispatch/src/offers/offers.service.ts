import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Job, JobsService } from '#job';
import { Conflict, NotFound, newId } from '#kernel';
import { Deadlines, type Tx } from '#platform';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { MovePlannerService } from '../assignments/move-planner.service.js';
import { offerAccepted, offerDeclined, offerExpired, offerMade, offerWithdrawn } from '../dispatch.facts.js';
import { nameless } from '../rounds/decision-messages.js';
import type { DecidedBy } from '../rounds/round.entity.js';
import { type DeclineReason, Offer } from './offer.entity.js';

export interface OfferCommand {
  jobId: string;
  workerId: string;
  areaId: string | null;
  wave: number;
  seconds: number;
  roundId: string | null;
  distanceMetres: number | null;
  travelSeconds: number | null;
  /** Planned departure, arrival and end, milliseconds. */
  plan: { departAt: number; arriveAt: number; endAt: number };
  why: string;
  /** What the choice rests on; absent when a dispatcher asks. */
  decidedBy?: DecidedBy;
}

const EXPIRE = 'offer.expire';

/** What a worker sees when the offer is gone. */
const GONE = {
  accepted: ['OFFER_TAKEN', 'You have accepted it already.'],
  declined: ['OFFER_DECLINED', 'You have declined it.'],
  expired: ['OFFER_EXPIRED', 'The time to answer has run out.'],
  withdrawn: ['OFFER_TAKEN', 'The job has gone to somebody else or was withdrawn.'],
} as const;

/** Puts jobs to workers and takes their answers. A job has exactly one winner. */
@Injectable()
export class OffersService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly jobs: JobsService,
    private readonly assignments: AssignmentsService,
    private readonly planner: MovePlannerService,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(EXPIRE, (offerId, tx) => this.expire(tx, offerId));
  }

  /**
   * Puts open jobs, whose rows the caller holds, to workers, by a few statements however many there are; workers who are
   * looking at another offer by now are passed over.
   * @returns how many offers were made for each job.
   */
  async create(
    tx: Tx,
    jobs: ReadonlyMap<string, Job>,
    commands: readonly OfferCommand[],
  ): Promise<Map<string, number>> {
    const made = await this.insert(tx, jobs, commands);
    await tx.scheduleAll(
      EXPIRE,
      made.map(({ id, expiresAt }) => ({ subjectId: id, at: expiresAt })),
    );
    const counts = new Map<string, number>();
    for (const { id, expiresAt, jobId, workerId, areaId, wave, distanceMetres, travelSeconds, why } of made) {
      counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
      const facts = { jobId, workerId, areaId, wave, distanceMetres, travelSeconds };
      tx.record(offerMade(id, { ...facts, expiresAt: expiresAt.toISOString(), why: nameless(why) }));
    }
    const offered = [...counts.keys()].map((id) => jobs.get(id)!);
    await this.jobs.startOffering(
      tx,
      offered.filter(({ state }) => state === 'unassigned'),
    );
    return counts;
  }

  private async insert(tx: Tx, jobs: ReadonlyMap<string, Job>, commands: readonly OfferCommand[]) {
    if (commands.length === 0) return [];
    const offers = commands.map((command) => ({
      ...command,
      id: newId(),
      expiresAt: new Date(tx.now.getTime() + command.seconds * 1_000),
    }));
    const rows = offers.map((offer) => {
      const job = jobs.get(offer.jobId)!;
      return {
        id: offer.id,
        job_id: offer.jobId,
        worker_id: offer.workerId,
        wave: offer.wave,
        expires_at: offer.expiresAt,
        distance_metres: offer.distanceMetres,
        travel_seconds: offer.travelSeconds,
        reasons: { why: offer.why, plan: offer.plan, ...offer.decidedBy },
        round_id: offer.roundId,
        // Being offered is itself a change of the job.
        job_version: job.version + (job.state === 'unassigned' ? 1 : 0),
      };
    });
    const inserted = await tx.sql<{ id: string }>(
      `INSERT INTO offers (id, org_id, job_id, worker_id, state, wave, offered_at, expires_at, distance_metres,
                           travel_seconds, reasons, round_id, job_version)
       SELECT id, $1, job_id, worker_id, 'pending', wave, $3, expires_at, distance_metres, travel_seconds, reasons, round_id,
              job_version
       FROM jsonb_to_recordset($2::jsonb) AS o(id uuid, job_id uuid, worker_id uuid, wave integer, expires_at timestamptz,
         distance_metres double precision, travel_seconds double precision, reasons jsonb, round_id uuid, job_version integer)
       ORDER BY worker_id
       ON CONFLICT (org_id, worker_id) WHERE state = 'pending' DO NOTHING RETURNING id`,
      [tx.orgId, JSON.stringify(rows), tx.now],
    );
    const ids = new Set(inserted.map(({ id }) => id));
    return offers.filter(({ id }) => ids.has(id));
  }

  /** @throws Conflict OFFER_TAKEN, OFFER_EXPIRED, OFFER_CHANGED or WORKER_BUSY; NotFound for another's offer. */
  async accept(tx: Tx, offerId: string, workerId: string): Promise<{ offer: Offer; jobVersion: number }> {
    const seen = await this.lockOwn(tx, offerId, workerId);
    // The job row is the gate: whoever locks it first while it is open has won, the others see it taken.
    const job = await this.jobs.lock(tx, seen.jobId);
    const offer = await this.lockOwn(tx, offerId, workerId);
    if (offer.state !== 'pending') throw new Conflict(GONE[offer.state][0], GONE[offer.state][1]);
    if (offer.expiresAt <= tx.now) throw new Conflict('OFFER_EXPIRED', GONE.expired[1]);
    if (job.state !== 'offering' && job.state !== 'unassigned')
      throw new Conflict('OFFER_TAKEN', GONE.withdrawn[1]);
    const times = await this.timesOf(tx, offer, job);
    await this.settle(tx, offer, 'accepted');
    await this.withdrawAll(tx, job.id, 'accepted by another worker');
    const taken = await this.assignments.assign(tx, {
      jobId: job.id,
      workerId,
      source: 'offer',
      offerId,
      ...times,
      reasons: {
        why: offer.reasons.why,
        distanceMetres: offer.distanceMetres,
        travelSeconds: offer.travelSeconds,
        policy: offer.reasons.policy ?? null,
      },
    });
    tx.record(offerAccepted(offer.id, { jobId: job.id, workerId, areaId: job.areaId }));
    await this.assignments.syncWorkerStatus(tx, workerId);
    return { offer, jobVersion: taken.version };
  }

  /**
   * When the visit takes place: as it was offered, later by what the answer took; worked out anew for a job that has changed.
   * @throws Conflict OFFER_CHANGED when a rule that binds even a dispatcher is broken by now.
   */
  private async timesOf(tx: Tx, offer: Offer, job: Job) {
    const plan = offer.reasons.plan as OfferCommand['plan'];
    const late = Math.max(0, tx.now.getTime() - plan.departAt);
    const startsAt = new Date(plan.departAt + late);
    const offered = {
      startsAt,
      arrivesAt: new Date(plan.arriveAt + late),
      endsAt: new Date(plan.endAt + late),
    };
    const trial = await this.planner.of(tx, job, offer.workerId, [startsAt]);
    const now = trial?.at(startsAt);
    const clash = now?.refusals.filter((text) => !text.startsWith('ALREADY_PROMISED'));
    if (!now || !clash || clash.length > 0)
      throw new Conflict('OFFER_CHANGED', `You can no longer take it: ${clash?.join('; ') ?? 'archived'}.`, {
        refusals: clash ?? ['WORKER_ARCHIVED'],
      });
    if (offer.jobVersion === null || offer.jobVersion === job.version) return offered;
    return { startsAt, arrivesAt: now.arrivesAt, endsAt: now.endsAt };
  }

  async decline(tx: Tx, offerId: string, workerId: string, reason: DeclineReason): Promise<Offer> {
    const seen = await this.lockOwn(tx, offerId, workerId);
    const job = await this.jobs.lock(tx, seen.jobId);
    const offer = await this.lockOwn(tx, offerId, workerId);
    if (offer.state === 'declined') return offer;
    if (offer.state !== 'pending') throw new Conflict(GONE[offer.state][0], GONE[offer.state][1]);
    await this.settle(tx, offer, 'declined', reason);
    tx.record(offerDeclined(offer.id, { jobId: job.id, workerId, areaId: job.areaId, reason }));
    await this.reopenIfNoneArePending(tx, job.id);
    return offer;
  }

  /** The time to answer has run out. */
  async expire(tx: Tx, offerId: string): Promise<void> {
    const seen = await tx.repo(Offer).findOneBy({ id: offerId });
    if (!seen) return;
    const job = await this.jobs.lock(tx, seen.jobId);
    const offer = await tx.repo(Offer).findOneBy({ id: offerId, state: 'pending' });
    if (!offer) return;
    await this.settle(tx, offer, 'expired');
    tx.record(offerExpired(offer.id, { jobId: job.id, workerId: offer.workerId, areaId: job.areaId }));
    await this.reopenIfNoneArePending(tx, job.id);
  }

  /** Takes back what is still pending for the job; call it with the job row locked. */
  async withdrawAll(tx: Tx, jobId: string, why: string): Promise<void> {
    const gone = await tx.sql<{ id: string; worker_id: string }>(
      `UPDATE offers SET state = 'withdrawn', answered_at = $3 WHERE org_id = $1 AND job_id = $2 AND state = 'pending'
       RETURNING id, worker_id`,
      [tx.orgId, jobId, tx.now],
    );
    for (const { id, worker_id } of gone) {
      await tx.unschedule(EXPIRE, id);
      tx.record(offerWithdrawn(id, { jobId, workerId: worker_id, areaId: null, why }));
    }
  }

  countPending(tx: Tx, jobId: string): Promise<number> {
    return tx.repo(Offer).countBy({ jobId, state: 'pending' });
  }

  /** The job is not what was offered any more: it is searched for anew. Call it with the job row locked. */
  async withdrawAndSearch(tx: Tx, jobId: string, why: string): Promise<void> {
    await this.withdrawAll(tx, jobId, why);
    await this.reopenIfNoneArePending(tx, jobId);
  }

  /** The worker is no longer available: their pending offers go to others. */
  async withdrawFrom(tx: Tx, workerId: string, why: string): Promise<void> {
    for (const { id, jobId } of await this.pendingOf(tx, workerId)) {
      const job = await this.jobs.lock(tx, jobId);
      const withdrawn = await tx.sql(
        `UPDATE offers SET state = 'withdrawn', answered_at = $3 WHERE org_id = $1 AND id = $2 AND state = 'pending' RETURNING id`,
        [tx.orgId, id, tx.now],
      );
      if (withdrawn.length === 0) continue;
      await tx.unschedule(EXPIRE, id);
      tx.record(offerWithdrawn(id, { jobId, workerId, areaId: job.areaId, why }));
      await this.reopenIfNoneArePending(tx, jobId);
    }
  }

  /** @throws NotFound unless this offer put this job to this worker: what was offered to nobody or to others is not there. */
  async requireMatch(tx: Tx, asked: { offerId: string; workerId: string; jobId: string }): Promise<void> {
    const offer = await this.lockOwn(tx, asked.offerId, asked.workerId);
    if (offer.jobId !== asked.jobId) throw new NotFound('offer');
  }

  pendingOf(tx: Tx, workerId: string): Promise<Offer[]> {
    return tx.repo(Offer).findBy({ workerId, state: 'pending' });
  }

  private async reopenIfNoneArePending(tx: Tx, jobId: string): Promise<void> {
    const asked = await this.countPending(tx, jobId);
    const job = await this.jobs.get(tx, jobId);
    if (asked === 0 && job.state === 'offering') await this.jobs.transition(tx, { jobId, event: 'withdraw' });
  }

  private async lockOwn(tx: Tx, offerId: string, workerId: string): Promise<Offer> {
    const offer = await tx.repo(Offer).findOneBy({ id: offerId, workerId });
    if (!offer) throw new NotFound('offer');
    return offer;
  }

  private async settle(
    tx: Tx,
    offer: Offer,
    state: 'accepted' | 'declined' | 'expired',
    reason?: DeclineReason,
  ): Promise<void> {
    await tx
      .repo(Offer)
      .update({ id: offer.id }, { state, answeredAt: tx.now, declineReason: reason ?? null });
    await tx.unschedule(EXPIRE, offer.id);
    offer.state = state;
  }
}
