import { Injectable } from '@nestjs/common';
import { OrganizationPolicies, requestContext, SYSTEM, type Tx, UnitOfWork } from '#platform';
import { positionsPolicy } from '../workforce.policy.js';
import { type FixBatch, type FixReceipt, MAX_FIXES } from './fix-batch.server.js';
import { PositionCountsService } from './position-counts.service.js';
import { PositionPartitionsService } from './position-partitions.service.js';
import { type Limits, receiptOf, sortFixes, storedOf, withinRoom } from './sort-fixes.js';
import { TracksService } from './tracks.service.js';
import { type WorkerMoved, WorkerMovesService } from './worker-moves.service.js';

interface Waiting {
  workerId: string;
  batch: FixBatch;
  resolve: (receipt: FixReceipt) => void;
  reject: (error: unknown) => void;
}

/** One transaction takes at most this much, so that a flood does not become one endless commit. */
const MOST_FIXES_TOGETHER = 6 * MAX_FIXES;
const MOST_WORKERS_TOGETHER = 400;

/**
 * Stores positions. Batches of an organisation that arrive while one transaction runs go together into the next, so the
 * cost of a commit is shared by as many phones as are waiting, and a lonely one does not wait at all.
 */
@Injectable()
export class PositionIngestService {
  private readonly waiting = new Map<string, Waiting[]>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: OrganizationPolicies,
    private readonly partitions: PositionPartitionsService,
    private readonly counts: PositionCountsService,
    private readonly tracks: TracksService,
    private readonly moves: WorkerMovesService,
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
    return this.uow.run(orgId, async (tx) => {
      const limits = await this.limits(tx);
      const { inTime, refused, surplus } = withinRoom(
        sortFixes(group, limits),
        await this.counts.room(tx, [...new Set(group.map(({ workerId }) => workerId))]),
      );
      const judged = await this.tracks.judge(tx, inTime, limits.impossibleMetresPerSecond);
      const moved = await this.tracks.keep(tx, judged);
      await this.tracks.quarantine(tx, refused);
      await this.counts.add(tx, storedOf(judged, refused));
      await this.partitions.keepOrganization(tx);
      const receipts = group.map((sent) =>
        receiptOf(sent, { verdicts: judged.get(sent.workerId)?.verdicts, surplus, limits }),
      );
      return { receipts, moved };
    });
  }

  private async limits(tx: Tx): Promise<Limits> {
    return { nowMs: tx.now.getTime(), ...(await this.policies.of(tx, positionsPolicy)) };
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
