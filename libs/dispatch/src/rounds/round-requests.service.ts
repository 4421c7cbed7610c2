import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NIL_ID } from '#kernel';
import { DirectWakes, type Tx, WorkQueues } from '#platform';
import { dispatchBasePolicy } from '../dispatch.policy.js';

/** Stands for "outside every area" where a key is needed. */
export const NO_AREA = NIL_ID;

export const ROUND_QUEUE = 'dispatch-round';

export interface RoundWork {
  orgId: string;
  areaId: string;
}

/** Where worker processes hear that a round was requested: `ORGANISATION/AREA`. */
export const ROUND_REQUESTED = 'round_requested';

/**
 * Requests dispatch rounds: a row in the transaction of the cause, and a notification of the worker processes after the
 * commit. A queue is used only for what the sweep finds, which it spreads over the processes.
 */
@Injectable()
export class RoundRequestsService {
  private readonly requested = new WeakMap<Tx, Set<string>>();

  constructor(
    private readonly queues: WorkQueues,
    private readonly wakes: DirectWakes,
    private readonly dataSource: DataSource,
  ) {}

  /** Asked for more than once in a transaction, an area is still requested once, just before the commit. */
  request(tx: Tx, areaIds: Iterable<string | null>): void {
    const known = this.requested.get(tx);
    const keys = known ?? new Set<string>();
    for (const id of areaIds) keys.add(id ?? NO_AREA);
    if (known || keys.size === 0) return;
    this.requested.set(tx, keys);
    tx.beforeCommit(() => this.write(tx, [...keys].sort()));
  }

  private async write(tx: Tx, keys: string[]): Promise<void> {
    await tx.sql(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted)
       SELECT $1, id, 1 FROM unnest($2::uuid[]) AS list(id)
       ON CONFLICT (org_id, area_id) DO UPDATE SET wanted = dispatch_areas.wanted + 1`,
      [tx.orgId, keys],
    );
    tx.afterCommit(() => {
      for (const areaId of keys) this.wake(tx.orgId, areaId);
    });
  }

  /** Worker processes look at once. */
  wake(orgId: string, areaId: string): void {
    this.wakes.wake(ROUND_REQUESTED, `${orgId}/${areaId}`);
  }

  enqueue(orgId: string, areaId: string): void {
    this.queues.wake(ROUND_QUEUE, `${orgId}/${areaId}`, { orgId, areaId } satisfies RoundWork);
  }

  /** Areas whose wake-up was lost, or whose open jobs no round has considered for `sweepSeconds`. */
  async findOverdue(now: Date): Promise<RoundWork[]> {
    const rows: { org_id: string; area_id: string }[] = await this.dataSource.query(
      `SELECT org_id, area_id FROM areas_needing_round($1, $2)`,
      [now, dispatchBasePolicy.defaults.sweepSeconds],
    );
    return rows.map((row) => ({ orgId: row.org_id, areaId: row.area_id }));
  }
}
