import { closeOffer, isAnswer, isMoot } from './answers';
import type { LogEntry, OperationAnswer, OperationEntry, ProofEntry, StatusEntry } from './entry';
import type { PhoneDb, StoredPhoto } from './phone-db';
import { type Fate, fateOf, isPassing, MAX_BATCH, nextBatch, type Reply } from './queue';

/** How things are carried to the server; never throws. */
export interface Carrier {
  operations(body: { operations: unknown[]; sentAt: string }): Promise<Reply>;
  proof(entry: ProofEntry, photo: StoredPhoto | null): Promise<Reply>;
  status(entry: StatusEntry): Promise<Reply>;
}

/** `idle`: nothing is left that could go. The others say why it stopped. */
export type Drained =
  | { state: 'idle' }
  | { state: 'unreachable'; retryAfterMs?: number }
  | { state: 'signed_out' }
  /** The server will not have this account's work at all; it stays here. */
  | { state: 'refused'; code: string };

/** Steps that say a visit is, or is not, complete. */
const ENDS: readonly string[] = ['complete', 'undo_complete'];

/** Carries the log to the server, in order, until nothing is left or something stops it. One at a time for a database. */
export class Sender {
  constructor(
    private readonly db: PhoneDb,
    private readonly carrier: Carrier,
    private readonly deviceId: string,
    private readonly now: () => number = Date.now,
  ) {}

  async drain(isStopped: () => boolean = () => false): Promise<Drained> {
    let most = MAX_BATCH;
    while (!isStopped()) {
      const parcel = nextBatch(await this.db.log.orderBy('seq').toArray(), most);
      if (!parcel) return { state: 'idle' };
      const entries = parcel.type === 'operations' ? parcel.entries : [parcel.entry];
      if (!(await this.mark(entries))) continue;
      const reply =
        parcel.type === 'operations'
          ? await this.carrier.operations(this.bodyOf(parcel.entries))
          : parcel.type === 'proof'
            ? await this.carrier.proof(parcel.entry, (await this.db.photos.get(parcel.entry.proofId)) ?? null)
            : await this.carrier.status(parcel.entry);
      if (!reply.ok) {
        if (reply.untried) await this.unmark(entries);
        const stop = this.stopFor(reply, entries.length === 1 && parcel.type !== 'operations');
        if (stop) return stop;
        // One of them spoils the whole request: find it.
        if (entries.length > 1) most = 1;
        else await this.settle(entries[0]!, { do: 'reject', problem: reply });
        continue;
      }
      if (parcel.type !== 'operations') await this.settle(entries[0]!, { do: 'done' });
      else if (!(await this.settleAll(parcel.entries, reply.body))) return { state: 'unreachable' };
    }
    return { state: 'idle' };
  }

  /** From here on they may have arrived, whatever becomes of the answer. False: one was taken back meanwhile. */
  private async mark(entries: LogEntry[]): Promise<boolean> {
    const seqs = entries.map((entry) => entry.seq);
    return this.db.transaction('rw', this.db.log, async () => {
      if ((await this.db.log.where('seq').anyOf(seqs).count()) !== seqs.length) return false;
      await this.db.log.where('seq').anyOf(seqs).modify({ state: 'sending' });
      return true;
    });
  }

  /** As they were before this try: what never left can still be taken back. */
  private async unmark(entries: LogEntry[]): Promise<void> {
    const untried = entries.filter((entry) => entry.state === 'waiting').map((entry) => entry.seq);
    await this.db.log.where('seq').anyOf(untried).modify({ state: 'waiting' });
  }

  private bodyOf(entries: OperationEntry[]) {
    return {
      sentAt: new Date(this.now()).toISOString(),
      operations: entries.map(({ opId, kind, jobId, occurredAt, seq, baseVersion, reason, data }) => ({
        opId,
        kind,
        jobId,
        occurredAt,
        deviceId: this.deviceId,
        deviceSeq: seq,
        baseVersion,
        reason,
        data,
      })),
    };
  }

  private stopFor(reply: Extract<Reply, { ok: false }>, single: boolean): Drained | null {
    if (reply.status === 401) return { state: 'signed_out' };
    if (isPassing(reply)) return { state: 'unreachable', retryAfterMs: reply.retryAfterMs };
    // Of one item the refusal is about the item; of a batch it is about who sends it.
    if (reply.status === 403 || (!single && reply.status === 404))
      return { state: 'refused', code: reply.code };
    return null;
  }

  /** False: the answer says nothing about any of them. */
  private async settleAll(entries: OperationEntry[], body: unknown): Promise<boolean> {
    const { results = [] } = (body ?? {}) as { results?: OperationAnswer[] };
    const byId = new Map(results.map((result) => [result.opId, result]));
    let moved = false;
    for (const entry of entries) {
      const fate = fateOf(byId.get(entry.opId));
      if (fate.do !== 'keep') moved = true;
      await this.settle(entry, fate);
    }
    return moved;
  }

  /** What the answer says of the job and the end of the entry are one change: a killed tab sees both or neither. */
  private async settle(entry: LogEntry, said: Fate): Promise<void> {
    const { db } = this;
    const fate: Fate = said.do === 'reject' && isMoot(entry) ? { do: 'done' } : said;
    await db.transaction('rw', [db.log, db.jobs, db.photos, db.proofs, db.conflicts, db.meta], async () => {
      if (fate.do === 'keep') {
        if (fate.untried) await db.log.update(entry.seq, { state: 'waiting' });
        return;
      }
      if (isAnswer(entry)) await closeOffer(db, entry.data.offerId);
      if (fate.do === 'reject') {
        const { code, detail } = fate.problem;
        await db.log.update(entry.seq, { state: 'rejected', problem: { code, detail } });
        if (entry.type === 'proof') await this.reopenVisit(entry);
        return;
      }
      await db.log.delete(entry.seq);
      if (entry.type === 'proof') {
        await db.photos.delete(entry.proofId);
        await db.proofs.update(entry.proofId, { sent: 1 });
      }
      if (entry.type !== 'operation') return;
      const job = await db.jobs.get(entry.jobId);
      if (fate.do === 'park')
        await db.conflicts.put({
          id: fate.conflictId,
          jobId: entry.jobId,
          kind: entry.kind,
          occurredAt: entry.occurredAt,
          code: fate.problem.code,
          jobState: job?.state ?? 'unassigned',
        });
      else if (job && fate.version && fate.version > job.version)
        await db.jobs.update(job.id, {
          version: fate.version,
          state: fate.state ?? job.state,
          stateSince: entry.occurredAt,
          pausedFrom: fate.state === 'paused' ? job.state : null,
        });
    });
  }

  /** Without proof that it needs a visit is not complete, whatever was recorded behind it: it waits for other proof. */
  private async reopenVisit({ proofId, jobId, kind, seq }: ProofEntry): Promise<void> {
    const { db } = this;
    await db.proofs.update(proofId, { refused: 1 });
    const job = await db.jobs.get(jobId);
    const proofs = await db.proofs.where({ jobId }).toArray();
    if (!job?.proofRequired.includes(kind) || proofs.some((proof) => proof.kind === kind && !proof.refused))
      return;
    const behind = await db.log.where({ jobId }).toArray();
    const ends = behind.filter(
      (entry) => entry.seq > seq && entry.state === 'waiting' && ENDS.includes(entry.kind),
    );
    await db.log.bulkDelete(ends.map((entry) => entry.seq));
  }
}
