import { Injectable } from '@nestjs/common';
import { Policies, requestContext, SYSTEM, type Tx, UnitOfWork } from '#platform';
import { type FixBatch, type FixReceipt, MOST_FIXES, type Quarantined, type SentFix } from './fix-batch.js';
import { PositionPartitions } from './position-partitions.js';
import { type Arrived, Tracks } from './tracks.js';
import { type WorkerMoved, WorkerMoves } from './worker-moves.js';

interface Waiting {
  workerId: string;
  batch: FixBatch;
  resolve: (receipt: FixReceipt) => void;
  reject: (error: unknown) => void;
}

interface Limits {
  nowMs: number;
  futureSeconds: number;
  keepDays: number;
  impossibleMetresPerSecond: number;
}

/** One transaction takes at most this much, so that a flood does not become one endless commit. */
const MOST_FIXES_TOGETHER = 6 * MOST_FIXES;
const MOST_WORKERS_TOGETHER = 400;
const DAY_MS = 86_400_000;

/**
 * Stores positions. Batches of an organisation that arrive while one transaction runs go together into the next, so the
 * cost of a commit is shared by as many phones as are waiting, and a lonely one does not wait at all.
 */
@Injectable()
export class PositionIngest {
  private readonly waiting = new Map<string, Waiting[]>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: Policies,
    private readonly partitions: PositionPartitions,
    private readonly tracks: Tracks,
    private readonly moves: WorkerMoves,
  ) {}

  /** Resolves once the fixes are committed. Sending the same again is harmless. */
  submit(orgId: string, workerId: string, batch: FixBatch): Promise<FixReceipt> {
    return new Promise((resolve, reject) => {
      const item = { workerId, batch, resolve, reject };
      const queue = this.waiting.get(orgId);
      if (queue) {
        queue.push(item);
        return;
      }
      this.waiting.set(orgId, [item]);
      void requestContext.run({ actor: SYSTEM }, () => this.drain(orgId));
    });
  }

  private async drain(orgId: string): Promise<void> {
    const queue = this.waiting.get(orgId)!;
    // Let those who arrive in the same turn of the event loop come along.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const group = takeGroup(queue);
      try {
        const { receipts, moved } = await this.take(orgId, group);
        for (const [i, item] of group.entries()) item.resolve(receipts[i]!);
        if (moved.length > 0) this.moves.announce(orgId, moved);
      } catch (error) {
        for (const item of group) item.reject(error);
      }
    }
    this.waiting.delete(orgId);
  }

  private async take(
    orgId: string,
    group: Waiting[],
  ): Promise<{ receipts: FixReceipt[]; moved: WorkerMoved[] }> {
    await this.partitions.ensure(
      orgId,
      group.flatMap(({ batch }) => batch.fixes.map((fix) => fix.fixAt)),
    );
    return this.uow.run(orgId, async (tx) => {
      const limits = await this.limits(tx);
      const { inTime, refused } = sortOut(group, limits);
      const judged = await this.tracks.judge(tx, inTime, limits.impossibleMetresPerSecond);
      const moved = await this.tracks.keep(tx, judged);
      await this.tracks.quarantine(tx, refused);
      const receipts = group.map(({ workerId, batch }) =>
        receiptOf(batch, judged.get(workerId)?.verdicts, limits),
      );
      return { receipts, moved };
    });
  }

  private async limits(tx: Tx): Promise<Limits> {
    const { positions } = await this.policies.of(tx);
    return { nowMs: tx.now.getTime(), ...positions };
  }
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let fixes = 0;
  const workers = new Set<string>();
  let count = 0;
  for (const { workerId, batch } of queue) {
    fixes += batch.fixes.length;
    workers.add(workerId);
    if (count > 0 && (fixes > MOST_FIXES_TOGETHER || workers.size > MOST_WORKERS_TOGETHER)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

function sortOut(
  group: Waiting[],
  limits: Limits,
): { inTime: Map<string, Arrived[]>; refused: (Arrived & { why: Quarantined })[] } {
  const refused: (Arrived & { why: Quarantined })[] = [];
  const inTime = new Map<string, Arrived[]>();
  for (const { workerId, batch } of group)
    for (const sent of batch.fixes) {
      const fix = { ...sent, workerId, deviceId: batch.deviceId };
      const why = outOfTime(fix, limits);
      if (why) refused.push({ ...fix, why });
      else if (inTime.has(workerId)) inTime.get(workerId)!.push(fix);
      else inTime.set(workerId, [fix]);
    }
  return { inTime, refused };
}

function outOfTime({ seq, fixAt }: SentFix, limits: Limits): Quarantined | null {
  const aheadSeconds = (fixAt - limits.nowMs) / 1000;
  if (aheadSeconds > limits.futureSeconds)
    return { seq, code: 'FUTURE_FIX', actual: aheadSeconds, limit: limits.futureSeconds, unit: 's' };
  const ageDays = (limits.nowMs - fixAt) / DAY_MS;
  if (ageDays > limits.keepDays)
    return { seq, code: 'TOO_OLD', actual: ageDays, limit: limits.keepDays, unit: 'days' };
  return null;
}

function receiptOf(
  { fixes }: FixBatch,
  verdicts: Map<number, number | null> | undefined,
  limits: Limits,
): FixReceipt {
  const quarantined = fixes.flatMap((fix): Quarantined[] => {
    const why = outOfTime(fix, limits);
    if (why) return [why];
    const speed = verdicts?.get(fix.fixAt) ?? null;
    if (speed === null) return [];
    const actual = Math.round(speed * 10) / 10;
    const limit = limits.impossibleMetresPerSecond;
    return [{ seq: fix.seq, code: 'IMPOSSIBLE_JUMP', actual, limit, unit: 'm/s' }];
  });
  return { acked: fixes.map((fix) => fix.seq), quarantined };
}
