import { Dexie } from 'dexie';
import { answerTo } from './answers';
import type { LogEntry, NewAnswer, NewEntry } from './entry';
import type { KnownProof, PhoneDb, StoredPhoto } from './phone-db';

/** There was no room: nothing was recorded, and the worker must hear so. */
export class StorageFull extends Error {
  constructor() {
    super('the phone has no room left');
    this.name = 'StorageFull';
  }
}

interface Wall {
  now(): number;
  id(): string;
}
const wall: Wall = { now: () => Date.now(), id: () => crypto.randomUUID() };

export interface Beside {
  photo?: StoredPhoto;
  proof?: Omit<KnownProof, 'at' | 'sent'>;
}

/** The list of what the worker did, in order. What `record` has answered is on the disk. */
export class OperationLog {
  constructor(
    private readonly db: PhoneDb,
    private readonly clock: Wall = wall,
  ) {}

  /** Stores it with everything that belongs to it, or nothing. @throws StorageFull */
  async record(entry: NewEntry, beside: Beside = {}): Promise<LogEntry> {
    const [recorded] = await this.recordAll([{ entry, beside }]);
    return recorded!;
  }

  /** What is said to an offer first is what counts, in whichever tab. @throws StorageFull */
  async answer(entry: NewAnswer): Promise<LogEntry> {
    const [recorded] = await this.recordAll([{ entry }], async () =>
      answerTo(await this.db.log.where({ jobId: entry.jobId }).toArray(), entry.data.offerId),
    );
    return recorded!;
  }

  /** Several that only make sense together; none when there is one `instead`. @throws StorageFull */
  async recordAll(
    list: { entry: NewEntry; beside?: Beside }[],
    instead: () => Promise<LogEntry | undefined> = async () => undefined,
  ): Promise<LogEntry[]> {
    const { db } = this;
    try {
      return await db.transaction('rw', [db.log, db.photos, db.proofs, db.meta], async () => {
        const known = await instead();
        if (known) return [known];
        const first = (await db.read<number>('nextSeq')) ?? 1;
        const occurredAt = new Date(this.clock.now()).toISOString();
        const entries = list.map(
          ({ entry }, i) =>
            ({ ...entry, seq: first + i, opId: this.clock.id(), occurredAt, state: 'waiting' }) as LogEntry,
        );
        await db.keep('nextSeq', first + list.length);
        for (const { beside } of list) {
          if (beside?.photo) await db.photos.add(beside.photo);
          if (beside?.proof) await db.proofs.add({ ...beside.proof, at: occurredAt, sent: 0 });
        }
        await db.log.bulkAdd(entries);
        return entries;
      });
    } catch (error) {
      throw isFull(error) ? new StorageFull() : error;
    }
  }

  async deviceId(): Promise<string> {
    const { db } = this;
    return db.transaction('rw', db.meta, async () => {
      const known = await db.read<string>('deviceId');
      if (known) return known;
      const made = this.clock.id();
      await db.keep('deviceId', made);
      return made;
    });
  }

  /** Takes back what never left the phone. False: it may have arrived already. */
  async withdraw(seq: number): Promise<boolean> {
    return this.remove(seq, (entry) => entry.state === 'waiting');
  }

  /** The worker has said that a refused entry is not to count. */
  async leaveOut(seq: number): Promise<boolean> {
    return this.remove(seq, (entry) => entry.state === 'rejected');
  }

  /** The worker says that a refused entry is to be tried again, as new: the server remembers refusals by id. */
  async again(seq: number): Promise<void> {
    const { log, proofs } = this.db;
    await this.db.transaction('rw', [log, proofs], async () => {
      const entry = await log.get(seq);
      if (entry?.state !== 'rejected') return;
      const { problem: _, ...rest } = entry;
      await log.put({ ...rest, state: 'waiting', opId: this.clock.id() });
      if (entry.type === 'proof') await proofs.update(entry.proofId, { refused: undefined });
    });
  }

  /** Other proof of the kind has been recorded: what was refused of it is not asked about any more. */
  async replaceRefused(jobId: string, kind: string): Promise<void> {
    const entries = await this.db.log.where({ jobId }).toArray();
    for (const entry of entries)
      if (entry.type === 'proof' && entry.kind === kind) await this.leaveOut(entry.seq);
  }

  private async remove(seq: number, may: (entry: LogEntry) => boolean): Promise<boolean> {
    const { db } = this;
    return db.transaction('rw', [db.log, db.photos, db.proofs], async () => {
      const entry = await db.log.get(seq);
      if (!entry || !may(entry)) return false;
      await db.log.delete(seq);
      if (entry.type === 'proof') {
        await db.photos.delete(entry.proofId);
        await db.proofs.delete(entry.proofId);
      }
      return true;
    });
  }
}

function isFull(error: unknown): boolean {
  const names = [error, (error as { inner?: unknown })?.inner].map((e) => (e as Error | undefined)?.name);
  return names.includes(Dexie.errnames.QuotaExceeded) || names.includes('QuotaExceededError');
}
