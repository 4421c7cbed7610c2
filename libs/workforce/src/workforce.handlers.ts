import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { UserService, userCreated, userWorkerChanged, WorkerDirectoryService } from '#identity';
import { FactHandlers, inSlices, on, type Tx } from '#platform';
import { areaArchived, areaChanged, areaCreated, TerritoryService } from '#territory';
import { Worker } from './workers/worker.entity.js';

/** What earlier stages' facts mean for workers, and what those stages ask about them. */
@Injectable()
export class WorkforceHandlers implements OnModuleInit {
  constructor(
    private readonly handlers: FactHandlers,
    private readonly territory: TerritoryService,
    private readonly workerDirectory: WorkerDirectoryService,
    private readonly users: UserService,
  ) {}

  onModuleInit(): void {
    this.workerDirectory.register({
      exists: (tx, id) => tx.repo(Worker).existsBy({ id, archivedAt: IsNull() }),
      isSuspended: (tx, id) => tx.repo(Worker).existsBy({ id, status: 'suspended' }),
    });
    this.handlers.register({
      name: 'workforce.areas',
      from: 'beginning',
      on: [
        on(areaCreated, (_fact, tx) => this.refreshAreas(tx)),
        on(areaChanged, async ({ data }, tx) => {
          if (data.reshaped) await this.refreshAreas(tx);
        }),
        on(areaArchived, async ({ data }, tx) => {
          await this.forgetHomeArea(tx, data.areaId);
          await this.refreshAreas(tx);
        }),
      ],
    });
    this.handlers.register({
      name: 'workforce.accounts',
      from: 'beginning',
      on: [
        on(userCreated, ({ subjectId }, tx) => this.syncAccount(tx, subjectId)),
        on(userWorkerChanged, ({ subjectId }, tx) => this.syncAccount(tx, subjectId)),
      ],
    });
  }

  /** Keeps `workers.user_id` what the account says now: the fact may be older than a link that was made since. */
  private async syncAccount(tx: Tx, userId: string): Promise<void> {
    await linkAccount(tx, userId, await this.users.lockWorkerId(tx, userId));
  }

  /** In which area everybody is, now that the areas are others. */
  private async refreshAreas(tx: Tx): Promise<void> {
    const index = await this.territory.index(tx);
    const rows = await tx.sql<{ workerId: string; lat: number; lon: number; areaId: string | null }>(
      `SELECT worker_id AS "workerId", lat, lon, area_id AS "areaId" FROM worker_positions ORDER BY worker_id FOR UPDATE`,
    );
    const moved: { workerId: string; is: string | null }[] = [];
    await inSlices(rows, (row) => {
      const is = index.at(row)?.id ?? null;
      if (is !== row.areaId) moved.push({ workerId: row.workerId, is });
    });
    if (moved.length === 0) return;
    await tx.sql(
      `UPDATE worker_positions p SET area_id = m.area_id, touched_at = clock_timestamp()
       FROM unnest($1::uuid[], $2::uuid[]) AS m(worker_id, area_id) WHERE p.worker_id = m.worker_id`,
      [moved.map((m) => m.workerId), moved.map((m) => m.is)],
    );
  }

  /**
   * A worker who served only this area would now serve all of them (an empty list says so), so the last one stays: a
   * list with an archived area alone matches no job until the desk gives another.
   */
  private async forgetHomeArea(tx: Tx, areaId: string): Promise<void> {
    await tx.sql(
      `UPDATE workers SET home_area_ids = array_remove(home_area_ids, $1::uuid), version = version + 1, updated_at = $2
       WHERE $1::uuid = ANY(home_area_ids) AND cardinality(home_area_ids) > 1`,
      [areaId, tx.now],
    );
  }
}

async function linkAccount(tx: Tx, userId: string, workerId: string | null): Promise<void> {
  await tx.sql(
    `UPDATE workers SET user_id = NULL, version = version + 1 WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid`,
    [userId, workerId],
  );
  if (workerId)
    await tx.sql(
      `UPDATE workers SET user_id = $1, version = version + 1
       WHERE id = $2 AND archived_at IS NULL AND user_id IS DISTINCT FROM $1`,
      [userId, workerId],
    );
}
