import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Job } from '../api/types';
import type { LogEntry, ProofKind } from './entry';

export interface StoredPhoto {
  /** Of the proof item. */
  id: string;
  bytes: ArrayBuffer;
  mediaType: string;
  /** SHA-256 of the picture as the camera made it, hex; null where the browser cannot say. */
  originalSha256: string | null;
}

/** What the phone knows of an item of proof, sent or not. */
export interface KnownProof {
  id: string;
  jobId: string;
  kind: ProofKind;
  at: string;
  sent: 0 | 1;
  /** The server did not take it: it proves nothing. */
  refused?: 1;
  text?: string;
  /** A small picture, as a data: URL. */
  thumb?: string;
}

/** Something the server kept for a person to judge. */
export interface KnownConflict {
  id: string;
  jobId: string;
  kind: string;
  occurredAt: string;
  code: string;
  jobState: string;
  /** The job as the server saw it last. */
  job?: ConflictJob | null;
}

export interface ConflictJob {
  address: string;
  state: string;
  windowStart: string | null;
  windowEnd: string | null;
  workerId: string | null;
  workerName: string | null;
  assignedAt: string | null;
}

export interface StoredFix {
  seq: number;
  lat: number;
  lon: number;
  accuracyMetres: number | null;
  heading: number | null;
  speed: number | null;
  fixAt: string;
}

interface MetaRow {
  key: string;
  value: unknown;
}

/** One person's work on this phone. Another person's lies in another database, which this page never opens. */
export class PhoneDb extends Dexie {
  log!: EntityTable<LogEntry, 'seq'>;
  photos!: EntityTable<StoredPhoto, 'id'>;
  proofs!: EntityTable<KnownProof, 'id'>;
  jobs!: EntityTable<Job, 'id'>;
  conflicts!: EntityTable<KnownConflict, 'id'>;
  fixes!: EntityTable<StoredFix, 'seq'>;
  /** Ticked lines of a job's checklist, by job. */
  ticks!: Table<{ jobId: string; done: number[] }, string>;
  meta!: Table<MetaRow, string>;

  constructor(name: string) {
    // Strict: what is said to be stored must outlive a battery that is pulled out.
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      log: 'seq, jobId, state',
      photos: 'id',
      proofs: 'id, jobId',
      jobs: 'id',
      conflicts: 'id, jobId',
      fixes: '++seq',
      ticks: 'jobId',
      meta: 'key',
    });
  }

  async read<T>(key: string): Promise<T | undefined> {
    return (await this.meta.get(key))?.value as T | undefined;
  }

  async keep(key: string, value: unknown): Promise<void> {
    await this.meta.put({ key, value });
  }
}

export const databaseName = (person: { orgId: string; id: string }): string =>
  `doorstep-phone-${person.orgId}-${person.id}`;
