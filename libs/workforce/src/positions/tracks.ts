import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { type Judged, judgeBatch } from '../rules/judge-batch.js';
import { SilenceWatch } from '../silence-watch.js';
import type { Quarantined, SentFix } from './fix-batch.js';
import { PositionStore, type StoredFix } from './position-store.js';
import { spansOf } from './spans.js';
import type { WorkerMoved } from './worker-moves.js';

export type Arrived = SentFix & { workerId: string; deviceId: string };

/** Judges what arrived among what is known, and keeps it: raw fixes, changed verdicts, latest positions. */
@Injectable()
export class Tracks {
  constructor(
    private readonly store: PositionStore,
    private readonly silence: SilenceWatch,
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
    await this.silence.heard(tx, [...judged.keys()]);
    return moved;
  }

  /** Kept apart: stored, but in no track and on no map. */
  quarantine(tx: Tx, fixes: readonly (Arrived & { why: Quarantined })[]): Promise<void> {
    return this.store.quarantine(tx, fixes);
  }
}
