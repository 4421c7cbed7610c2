import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { HeartbeatMonitorService } from '../status/heartbeat-monitor.service.js';
import type { Quarantined, SentFix } from './fix-batch.server.js';
import { type Judged, judgeBatch } from './judge-batch.js';
import { PositionStoreService, type StoredFix } from './position-store.service.js';
import { spansOf } from './spans.js';
import type { WorkerMoved } from './worker-moves.service.js';

export type Arrived = SentFix & { workerId: string; deviceId: string };

/** Judges what arrived among what is known, and keeps it: raw fixes, changed verdicts, latest positions. */
@Injectable()
export class TracksService {
  constructor(
    private readonly store: PositionStoreService,
    private readonly heartbeats: HeartbeatMonitorService,
  ) {}

  /** @returns the judgement of each worker's fixes. */
  async judge(
    tx: Tx,
    arrived: ReadonlyMap<string, Arrived[]>,
    limitMetresPerSecond: number,
  ): Promise<Map<string, Judged<Arrived>>> {
    if (arrived.size === 0) return new Map();
    await this.store.lock(tx, [...arrived.keys()]);
    const spans = [...arrived].flatMap(([workerId, fixes]) => spansOf(workerId, fixes));
    const known = new Map<string, StoredFix[]>([...arrived.keys()].map((id) => [id, []]));
    for (const fix of await this.store.around(tx, spans)) known.get(fix.workerId)!.push(fix);
    return new Map(
      [...arrived].map(([workerId, fixes]) => [
        workerId,
        judgeBatch<Arrived>(known.get(workerId)!, fixes, limitMetresPerSecond),
      ]),
    );
  }

  /** @returns who has new trusted fixes. */
  async keep(tx: Tx, judged: ReadonlyMap<string, Judged<Arrived>>): Promise<WorkerMoved[]> {
    if (judged.size === 0) return [];
    await this.store.insert(
      tx,
      [...judged.values()].flatMap((one) => one.fresh),
    );
    const newest: StoredFix[] = [];
    const moved: WorkerMoved[] = [];
    for (const [workerId, one] of judged) {
      const believed = [...one.fresh, ...one.changed].filter((fix) => fix.jumpSpeed === null);
      if (believed.length === 0) continue;
      believed.sort((a, b) => a.fixAt - b.fixAt);
      newest.push(believed.at(-1)!);
      moved.push({ workerId, fixes: believed });
    }
    await this.store.latest(tx, newest);
    await this.store.rejudge(
      tx,
      [...judged.values()].flatMap((one) => one.changed),
    );
    await this.heartbeats.recordHeard(tx, [...judged.keys()]);
    return moved;
  }

  /** Kept apart: stored, but in no track and on no map. */
  quarantine(tx: Tx, fixes: readonly (Arrived & { why: Quarantined })[]): Promise<void> {
    return this.store.quarantine(tx, fixes);
  }
}
