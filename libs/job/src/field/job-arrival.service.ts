import { Injectable } from '@nestjs/common';
import { Conflict, type GeoPoint, Invalid } from '#kernel';
import { OrganizationPolicies, type Tx } from '#platform';
import { type Site, TerritoryService } from '#territory';
import { WorkforceService } from '#workforce';
import { fieldPolicy } from '../job.policy.js';
import { clampTime, type TimeClaim } from '../lifecycle/clamp-time.js';
import { Job } from '../lifecycle/job.entity.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import {
  type ArrivalEvidence,
  type FenceFix,
  type FenceMemory,
  judgeDeclared,
  judgeScan,
  readFence,
  worthKeeping,
} from './arrival-fence.js';

/** A position as the workforce stage tells it. */
interface KnownFix extends GeoPoint {
  /** null: the phone did not say, which counts as not good enough. */
  accuracyMetres: number | null;
  fixAt: Date;
}

interface Watched extends GeoPoint {
  id: string;
  workerId: string;
  fence: FenceMemory | null;
  departedAt: Date;
}

/** How far back a fix still says something about a declared arrival. */
const LOOK_BACK_MS = 3_600_000;

/** Whether somebody really stood at the door. */
@Injectable()
export class JobArrivalService {
  constructor(
    private readonly jobs: JobsService,
    private readonly policies: OrganizationPolicies,
    private readonly territory: TerritoryService,
    private readonly workforce: WorkforceService,
  ) {}

  /**
   * Feeds new trusted positions, by worker, to the fences of the jobs they travel to. Who stays at the door has arrived.
   * A job that is only `assigned` never arrives by itself: its worker may live next door.
   */
  async observe(tx: Tx, fixes: ReadonlyMap<string, readonly FenceFix[]>): Promise<void> {
    const watched = await tx.sql<Watched>(
      `SELECT id, worker_id AS "workerId", lat, lon, fence, departed_at AS "departedAt" FROM jobs
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state = 'en_route'`,
      [tx.orgId, [...fixes.keys()]],
    );
    if (watched.length === 0) return;
    const field = await this.policies.of(tx, fieldPolicy);
    for (const job of watched) {
      const onTheWay = (fixes.get(job.workerId) ?? [])
        .filter((fix) => fix.atMs >= job.departedAt.getTime())
        .sort((a, b) => a.atMs - b.atMs);
      const read = readFence(job, onTheWay, job.fence, field);
      if (read.arrival || worthKeeping(job.fence, read.memory)) await this.remember(tx, job, read.memory);
      if (read.arrival) await this.arrived(tx, job, read.arrival);
    }
  }

  /**
   * What a worker's "I am here" rests on, at the time that counts: for `Jobs.transition`.
   * @throws Invalid for a tag of another door.
   */
  evidence(tx: Tx, tag?: string): (job: Job, at: Date) => Promise<ArrivalEvidence> {
    return async (job, at) => {
      if (tag !== undefined) await this.checkTag(tx, job, tag);
      const field = await this.policies.of(tx, fieldPolicy);
      const fix = job.workerId ? await this.lastFix(tx, job.workerId, at) : null;
      const judge = tag === undefined ? judgeDeclared : judgeScan;
      return judge(job, fix, field, at.getTime());
    };
  }

  /** Whether a worker's phone was at the door at that time, as far as its positions tell. */
  async nearness(tx: Tx, job: Job, workerId: string, at: Date): Promise<ArrivalEvidence> {
    const field = await this.policies.of(tx, fieldPolicy);
    return judgeScan(job, await this.lastFix(tx, workerId, at), field, at.getTime());
  }

  /** @throws Invalid when the tag is not the one at this job's door. */
  async checkTag(tx: Tx, job: Job, tag: string): Promise<Site> {
    const site = await this.territory.siteByTag(tx, tag);
    if (!site) throw Invalid.field('tag', 'is not the tag of a door here');
    if (site.id !== job.siteId) throw Invalid.field('tag', `is the tag of another door (${site.name})`);
    return site;
  }

  /**
   * A scan at the door: who was on the way has arrived, and whose word was all there was is believed now, unless the
   * phone was elsewhere.
   */
  async scanned(tx: Tx, job: Job, tag: string, occurredAt: Date | TimeClaim): Promise<ArrivalEvidence> {
    const evidence = this.evidence(tx, tag);
    if (job.state === 'assigned' || job.state === 'en_route') {
      const step = { jobId: job.id, event: 'arrive', arrival: evidence, occurredAt } as const;
      return (await this.jobs.transition(tx, step)).arrival!;
    }
    const { at } = clampTime(occurredAt, { createdAt: job.createdAt, receivedAt: tx.now });
    const arrival = await evidence(job, at);
    if (job.arrivedAt && !job.arrival?.trusted && arrival.trusted)
      await tx.repo(Job).update({ id: job.id, orgId: tx.orgId }, { arrival });
    return arrival;
  }

  /** The newest fix up to `at`: the live one, or for what was recorded offline the raw one of that time. */
  private async lastFix(tx: Tx, workerId: string, at: Date): Promise<FenceFix | null> {
    const latest = (await this.workforce.positions(tx, [workerId])).get(workerId);
    if (latest && latest.fixAt <= at) return toFix(latest);
    const from = new Date(at.getTime() - LOOK_BACK_MS);
    const earlier = (await this.workforce.track(tx, workerId, { from, to: at })).at(-1);
    return earlier ? toFix(earlier) : latest ? toFix(latest) : null;
  }

  private async arrived(
    tx: Tx,
    job: Watched,
    arrival: { evidence: ArrivalEvidence; atMs: number },
  ): Promise<void> {
    try {
      await this.jobs.transition(tx, {
        jobId: job.id,
        event: 'arrive',
        arrival: arrival.evidence,
        occurredAt: new Date(arrival.atMs),
      });
    } catch (error) {
      // The worker pressed the button, or the desk took the job away, in this very moment.
      if (!(error instanceof Conflict)) throw error;
    }
  }

  /** Not a change of the job: its version stays. */
  private async remember(tx: Tx, job: Watched, memory: FenceMemory | null): Promise<void> {
    await tx.repo(Job).update({ id: job.id, orgId: tx.orgId, state: 'en_route' }, { fence: memory });
  }
}

const toFix = (fix: KnownFix): FenceFix => ({
  lat: fix.lat,
  lon: fix.lon,
  accuracyMetres: fix.accuracyMetres ?? Number.POSITIVE_INFINITY,
  atMs: fix.fixAt.getTime(),
});
