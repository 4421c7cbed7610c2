import type { Answer, Arguments, Route } from '../api/api';
import type { Conflict, Job } from '../api/types';
import { businessClock } from '../live/business-clock';
import { heldJob } from '../store/held-job';
import { deskZone } from '../ui/zone';
import { closedOffers, saveOffers } from './answers';
import type { PhoneDb } from './phone-db';
import type { Transport } from './transport';

const ZONES_EVERY_MS = 3_600_000;
const UNDER_WAY = new Set<Job['state']>(['arrived', 'in_progress', 'paused']);

/** Fetches what the phone shows and keeps it for the hours without a line. */
export class Sync {
  private zonesLearntAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly db: PhoneDb,
    private readonly transport: Transport,
  ) {}

  /** @returns whether the server answered */
  async refresh(): Promise<boolean> {
    await this.learnZones();
    const timeZone = deskZone();
    const closedBefore = await closedOffers(this.db);
    const [clock, jobs, offers, workers, types, conflicts] = await Promise.all([
      this.get('/clock'),
      this.get('/me/jobs', { query: { scope: 'today', limit: 200, timeZone } }),
      this.get('/me/offers'),
      this.get('/workers'),
      this.get('/service-types'),
      this.get('/me/conflicts', { query: { status: 'open', limit: 200 } }),
    ]);
    if (clock) {
      businessClock.set(clock.now, clock.speed);
      await this.db.keep('clockOffsetMs', businessClock.now() - Date.now());
    }
    // Doors and telephone numbers of customers do not stay on the phone of somebody who may not see them any more.
    const isSuspended = workers?.items[0]?.status === 'suspended';
    if (isSuspended) await this.keepJobs([]);
    else if (jobs) {
      const held = jobs.items.map(heldJob);
      await this.keepJobs(held);
      await this.learnProofs(held);
    }
    if (offers) await saveOffers(this.db, offers.items, closedBefore);
    if (workers) await this.db.keep('worker', workers.items[0] ?? null);
    if (types) await this.db.keep('serviceTypes', types.items);
    if (conflicts) await this.keepConflicts(conflicts.items);
    return jobs !== null || isSuspended;
  }

  /** Areas hardly ever change and their outlines are large: asked for once in a while. */
  private async learnZones(): Promise<void> {
    if (Date.now() - this.zonesLearntAt < ZONES_EVERY_MS) return;
    const areas = await this.get('/areas', { query: { limit: 500 } });
    if (!areas) return;
    this.zonesLearntAt = Date.now();
    await this.db.keep(
      'areaZones',
      Object.fromEntries(areas.items.map(({ id, timeZone }) => [id, timeZone])),
    );
  }

  /** Null: the server did not answer it. */
  private async get<P extends Route<'get'>>(
    route: P,
    ...given: Arguments<'get', P>
  ): Promise<Answer<'get', P> | null> {
    const reply = await this.transport.get(route, ...given);
    return reply.ok ? reply.body : null;
  }

  /** An answer that was under way while a step was confirmed is older than what is known. */
  private async keepJobs(jobs: Job[]): Promise<void> {
    const { db } = this;
    await db.transaction('rw', [db.jobs, db.log, db.proofs, db.ticks], async () => {
      const known = new Map((await db.jobs.toArray()).map((job) => [job.id, job]));
      const present = new Set(jobs.map((job) => job.id));
      await db.jobs.bulkPut(jobs.filter((job) => (known.get(job.id)?.version ?? 0) <= job.version));
      for (const id of known.keys()) {
        if (present.has(id)) continue;
        // Somebody else's by now. While own work on it is unsent, it stays to be seen, without its customer.
        if ((await db.log.where({ jobId: id }).count()) > 0) {
          await db.jobs.update(id, { contactName: null, contactPhone: null, notes: null });
          continue;
        }
        await db.jobs.delete(id);
        await db.proofs.where({ jobId: id }).delete();
        await db.ticks.delete(id);
      }
    });
  }

  /** What is there already of the visits under way, perhaps from another phone. */
  private async learnProofs(jobs: Job[]): Promise<void> {
    const visits = jobs.filter((job) => UNDER_WAY.has(job.state) && job.proofRequired.length > 0);
    for (const job of visits) {
      const page = await this.get('/jobs/{id}/proof', { path: { id: job.id } });
      const since = Date.parse(job.assignedAt ?? job.createdAt);
      const fresh = (page?.items ?? []).filter((item) => Date.parse(item.createdAt) >= since);
      const known = new Set(await this.db.proofs.where({ jobId: job.id }).primaryKeys());
      await this.db.proofs.bulkPut(
        fresh
          .filter((item) => !known.has(item.id))
          .map(({ id, kind, occurredAt, text }) => ({
            id,
            jobId: job.id,
            kind,
            at: occurredAt,
            sent: 1 as const,
            ...(text ? { text } : {}),
          })),
      );
    }
  }

  private async keepConflicts(rows: Conflict[]): Promise<void> {
    const { db } = this;
    await db.transaction('rw', db.conflicts, async () => {
      await db.conflicts.clear();
      await db.conflicts.bulkPut(
        // Those about anything but a job have no place on this phone yet.
        rows.flatMap(({ id, jobId, kind, occurredAt, code, jobState, job }) =>
          jobId === null || jobState === null ? [] : [{ id, jobId, kind, occurredAt, code, jobState, job }],
        ),
      );
    });
  }
}
