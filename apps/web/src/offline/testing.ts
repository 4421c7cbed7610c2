import 'fake-indexeddb/auto';
import type { Job, Offer } from '../api/types';
import type { AnswerKind } from './entry';
import { OperationLog } from './operation-log';
import { PhoneDb } from './phone-db';
import type { Reply } from './queue';
import type { Carrier } from './sender';

let databases = 0;

export const freshDb = (): PhoneDb => new PhoneDb(`test-${++databases}`);

/** A log whose clock counts minutes and whose ids can be told apart. */
export function logOf(db: PhoneDb): OperationLog {
  let ticks = 0;
  let ids = 0;
  return new OperationLog(db, {
    now: () => Date.UTC(2026, 2, 2, 8, ticks++),
    id: () => `id-${++ids}`,
  });
}

export const jobAt = (state: Job['state'], more: Partial<Job> = {}): Job =>
  ({
    id: 'job-1',
    version: 3,
    state,
    stateSince: '2026-03-02T07:00:00.000Z',
    pausedFrom: null,
    failReason: null,
    completedAt: null,
    proofRequired: [],
    ...more,
  }) as Job;

interface Sent {
  opId: string;
  kind: string;
  jobId: string;
  deviceSeq: number;
}

/** A server that writes down what it is sent, and answers as it is told. */
export class FakeCarrier implements Carrier {
  readonly parcels: string[][] = [];
  /** The next answers, first one first; without any everything is applied. */
  readonly replies: (Reply | ((sent: Sent[]) => Reply))[] = [];

  async operations({ operations }: { operations: unknown[] }): Promise<Reply> {
    const sent = operations as Sent[];
    this.parcels.push(sent.map((one) => one.kind));
    return this.answer(sent, {
      ok: true,
      body: { results: sent.map(({ opId }) => ({ opId, outcome: 'applied' })) },
    });
  }

  async proof({ kind }: { kind: string }): Promise<Reply> {
    this.parcels.push([`proof ${kind}`]);
    return this.answer([], { ok: true, body: {} });
  }

  async status({ kind }: { kind: string }): Promise<Reply> {
    this.parcels.push([`status ${kind}`]);
    return this.answer([], { ok: true, body: {} });
  }

  private answer(sent: Sent[], otherwise: Reply): Reply {
    const reply = this.replies.shift();
    return typeof reply === 'function' ? reply(sent) : (reply ?? otherwise);
  }
}

export const operation = (
  kind: 'depart' | 'arrive' | 'start' | 'complete' | 'note' | 'pause',
  jobId = 'job-1',
) => ({
  type: 'operation' as const,
  kind,
  jobId,
  baseVersion: 3,
});

export const offer = (id: string, jobId = 'job-1') => ({ id, jobId }) as Offer;

export const answer = (kind: AnswerKind, offerId = 'offer-1', jobId = 'job-1') => ({
  type: 'operation' as const,
  kind,
  jobId,
  baseVersion: null,
  data: { offerId },
  about: { address: '7 Elm Street', expiresAt: '2026-03-02T08:01:00.000Z' },
});

export const proof = (kind: 'photo' | 'note', proofId: string, jobId = 'job-1') => ({
  type: 'proof' as const,
  kind,
  jobId,
  proofId,
  fields: {},
});
