import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isOnDuty, type WorkerStatus } from '#kernel';
import { Deadlines, OrganizationPolicies, type Tx } from '#platform';
import { workerBack, workerSilent } from '../workforce.facts.js';
import { workerAlertsPolicy } from '../workforce.policy.js';

const DEADLINE = 'worker.silence';

/**
 * Detects when the phone of an on-duty worker goes silent, and when it is back. One deadline per worker, moved only when it
 * comes due, so that positions cost nothing here.
 */
@Injectable()
export class HeartbeatMonitorService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly policies: OrganizationPolicies,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(DEADLINE, (workerId, tx) => this.check(workerId, tx));
  }

  async start(tx: Tx, workerId: string): Promise<void> {
    const { silentWorkerSeconds } = await this.policies.of(tx, workerAlertsPolicy);
    await tx.schedule(DEADLINE, workerId, after(tx.now, silentWorkerSeconds));
  }

  async stop(tx: Tx, workerId: string): Promise<void> {
    await tx.unschedule(DEADLINE, workerId);
  }

  /** Called with silent workers whose phones have reported again. */
  async recordHeard(tx: Tx, workerIds: readonly string[]): Promise<void> {
    const rows = await tx.sql<{ id: string; silentSince: Date; areaId: string | null }>(
      `UPDATE workers w SET silent_since = NULL
       FROM (SELECT id, silent_since FROM workers WHERE id = ANY($1::uuid[]) AND silent_since IS NOT NULL
             ORDER BY id FOR NO KEY UPDATE) old
       WHERE w.id = old.id
       RETURNING w.id, old.silent_since AS "silentSince",
                 (SELECT area_id FROM worker_positions p WHERE p.worker_id = w.id) AS "areaId"`,
      [workerIds],
    );
    for (const { id, silentSince, areaId } of rows) {
      tx.record(workerBack(id, { workerId: id, areaId, silentSince: silentSince.toISOString() }));
      await this.start(tx, id);
    }
  }

  private async check(workerId: string, tx: Tx): Promise<void> {
    const { silentWorkerSeconds } = await this.policies.of(tx, workerAlertsPolicy);
    const [worker] = await tx.sql<{
      status: WorkerStatus;
      statusSince: Date;
      receivedAt: Date | null;
      areaId: string | null;
    }>(
      `SELECT w.status, w.status_since AS "statusSince", p.received_at AS "receivedAt", p.area_id AS "areaId"
       FROM workers w LEFT JOIN worker_positions p ON p.org_id = w.org_id AND p.worker_id = w.id
       WHERE w.id = $1 AND w.archived_at IS NULL FOR NO KEY UPDATE OF w`,
      [workerId],
    );
    if (!worker || !isOnDuty(worker.status)) return;
    const lastHeard = worker.receivedAt ?? worker.statusSince;
    const silentSeconds = (tx.now.getTime() - lastHeard.getTime()) / 1000;
    if (silentSeconds < silentWorkerSeconds) {
      await tx.schedule(DEADLINE, workerId, after(lastHeard, silentWorkerSeconds));
      return;
    }
    await tx.sql(`UPDATE workers SET silent_since = $2 WHERE id = $1`, [workerId, tx.now]);
    tx.record(
      workerSilent(workerId, { workerId, areaId: worker.areaId, silentSeconds: Math.round(silentSeconds) }),
    );
  }
}

const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
