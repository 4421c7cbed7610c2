import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { isOnDuty, NotFound, WORKER_STATUSES, type WorkerStatus } from '#kernel';
import type { Tx } from '#platform';
import type { Candidate, CandidateQuery, LatestPosition } from '../candidates/candidate.js';
import { CandidatesService } from '../candidates/candidates.service.js';
import { PromisedVisitsService, type VisitChoice } from '../workers/promised-visits.service.js';
import { Worker } from '../workers/worker.entity.js';
import { workerStatusChanged } from '../workforce.facts.js';
import { HeartbeatMonitorService } from './heartbeat-monitor.service.js';

export type TrackFix = Omit<LatestPosition, 'areaId' | 'receivedAt'>;

export const SUSPENSION_DEADLINE = 'worker.suspension';

const POSITION = `lat, lon, accuracy_metres AS "accuracyMetres", heading, speed, fix_at AS "fixAt",
  received_at AS "receivedAt", area_id AS "areaId"`;

/** What other stages ask about, and say to, workers. */
@Injectable()
export class WorkforceService {
  constructor(
    private readonly finder: CandidatesService,
    private readonly heartbeats: HeartbeatMonitorService,
    private readonly visits: PromisedVisitsService,
  ) {}

  /** Also an archived one. @throws NotFound */
  async worker(tx: Tx, id: string): Promise<Worker> {
    const worker = await tx.repo(Worker).findOneBy({ id });
    if (!worker) throw new NotFound('worker');
    return worker;
  }

  /**
   * The worker, their row held until the end of the transaction: what changes one worker happens one after the other.
   * @throws NotFound
   */
  async lock(tx: Tx, id: string): Promise<Worker> {
    const lock = { mode: 'for_no_key_update' } as const;
    const worker = await tx.repo(Worker).findOne({ where: { id, orgId: tx.orgId }, lock });
    if (!worker) throw new NotFound('worker');
    return worker;
  }

  /** Those named (also archived), or all that are not archived; by name. */
  workers(tx: Tx, ids?: readonly string[]): Promise<Worker[]> {
    return tx.repo(Worker).find({
      where: ids ? { id: In([...ids]) } : { archivedAt: IsNull() },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /** How many are in each status; `areaIds`: only those who serve one of these areas, empty: everybody. */
  async countByStatus(tx: Tx, areaIds: readonly string[]): Promise<Record<WorkerStatus, number>> {
    const rows = await tx.sql<{ status: WorkerStatus; count: number }>(
      `SELECT status, count(*)::integer AS count FROM workers
       WHERE org_id = $1 AND archived_at IS NULL
         AND (cardinality($2::uuid[]) = 0 OR home_area_ids = '{}' OR home_area_ids && $2::uuid[])
       GROUP BY status`,
      [tx.orgId, areaIds],
    );
    const counts = new Map(rows.map(({ status, count }) => [status, count]));
    return Object.fromEntries(WORKER_STATUSES.map((status) => [status, counts.get(status) ?? 0])) as Record<
      WorkerStatus,
      number
    >;
  }

  /** How many could take a job of this area now; null: of no area. */
  async countFree(tx: Tx, areaId: string | null): Promise<number> {
    const [row] = await tx.sql<{ free: number }>(
      `SELECT count(*)::integer AS free FROM workers
       WHERE org_id = $1 AND status = 'available' AND archived_at IS NULL
         AND (home_area_ids = '{}' OR $2::uuid = ANY(home_area_ids))`,
      [tx.orgId, areaId],
    );
    return row?.free ?? 0;
  }

  workerOfUser(tx: Tx, userId: string): Promise<Worker | null> {
    return tx.repo(Worker).findOneBy({ userId, archivedAt: IsNull() });
  }

  /** Who might go, with position, skills and hours: see CandidateQuery for near, by area and by id. */
  candidates(tx: Tx, query: CandidateQuery): Promise<Candidate[]> {
    return this.finder.find(tx, query);
  }

  /** The last trusted position of each worker who has one. */
  async positions(tx: Tx, workerIds?: readonly string[]): Promise<Map<string, LatestPosition>> {
    const rows = await tx.sql<LatestPosition & { workerId: string }>(
      `SELECT worker_id AS "workerId", ${POSITION} FROM worker_positions
       WHERE NOT condemned AND ($1::uuid[] IS NULL OR worker_id = ANY($1::uuid[]))`,
      [workerIds ?? null],
    );
    return new Map(rows.map(({ workerId, ...position }) => [workerId, position]));
  }

  /** The same with each worker's status, for the map. */
  latestPositions(tx: Tx): Promise<(LatestPosition & { workerId: string; status: WorkerStatus })[]> {
    return tx.sql(
      `SELECT p.worker_id AS "workerId", w.status, p.lat, p.lon, p.accuracy_metres AS "accuracyMetres", p.heading,
              p.speed, p.fix_at AS "fixAt", p.received_at AS "receivedAt", p.area_id AS "areaId"
       FROM worker_positions p JOIN workers w ON w.id = p.worker_id
       WHERE NOT p.condemned AND w.archived_at IS NULL ORDER BY p.worker_id`,
    );
  }

  /** Trusted raw fixes of one worker from `from` to `to` inclusive, oldest first. */
  track(tx: Tx, workerId: string, span: { from: Date; to: Date; limit?: number }): Promise<TrackFix[]> {
    return tx.sql<TrackFix>(
      `SELECT lat, lon, accuracy_metres AS "accuracyMetres", heading, speed, fix_at AS "fixAt"
       FROM position_fixes
       WHERE worker_id = $1 AND fix_at BETWEEN $2 AND $3 AND jump_speed IS NULL ORDER BY fix_at LIMIT $4`,
      [workerId, span.from, span.to, span.limit ?? 5_000],
    );
  }

  /**
   * Changes a worker's status; the same status again changes nothing. `expected` makes it a compare-and-set. Visits that fall
   * into a suspension are released unless `visits` says otherwise; pending offers go on when somebody stops taking work.
   *
   * @returns whether it changed.
   * @throws NotFound
   */
  async setStatus(
    tx: Tx,
    workerId: string,
    status: WorkerStatus,
    options: {
      expected?: readonly WorkerStatus[];
      reason?: string;
      suspendedUntil?: Date | null;
      visits?: VisitChoice;
    } = {},
  ): Promise<boolean> {
    const { expected, reason = null, suspendedUntil = null, visits = 'release' } = options;
    const [before] = await tx.sql<{ status: WorkerStatus; areaId: string | null }>(
      `SELECT status, (SELECT area_id FROM worker_positions p WHERE p.worker_id = w.id) AS "areaId"
       FROM workers w WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE OF w`,
      [workerId],
    );
    if (!before) throw new NotFound('worker');
    if (before.status === status || (expected && !expected.includes(before.status))) return false;
    if (status === 'suspended')
      await this.visits.settle(tx, workerId, {
        isLost: ({ startsAt }) => !suspendedUntil || startsAt < suspendedUntil,
        choice: visits,
        reason: 'the worker is suspended',
      });
    if (status === 'suspended' || status === 'off_duty')
      await this.visits.withdrawOffers(tx, workerId, 'the worker went off duty');
    await tx.sql(
      `UPDATE workers SET status = $2, status_since = $3, suspended_until = $4, silent_since = NULL,
              version = version + 1, updated_at = $3
       WHERE id = $1`,
      [workerId, status, tx.now, status === 'suspended' ? suspendedUntil : null],
    );
    if (status === 'suspended' && suspendedUntil)
      await tx.schedule(SUSPENSION_DEADLINE, workerId, suspendedUntil);
    if (isOnDuty(status) !== isOnDuty(before.status))
      await (isOnDuty(status) ? this.heartbeats.start(tx, workerId) : this.heartbeats.stop(tx, workerId));
    tx.record(
      workerStatusChanged(workerId, {
        workerId,
        from: before.status,
        to: status,
        areaId: before.areaId,
        reason,
      }),
    );
    return true;
  }
}
