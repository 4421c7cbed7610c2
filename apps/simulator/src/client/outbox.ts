import { randomUUID } from 'node:crypto';
import type { ProofKind } from '#kernel';
import type { FieldVerb } from '../model/acts.js';
import type { Account } from './account.js';
import { ApiProblem } from './http.js';
import type { ProofSender } from './proof-sender.js';

interface Recorded {
  jobId: string;
  at: number;
  what: { verb: FieldVerb; reason?: string } | { proof: ProofKind };
}

/** Its id and place are given when it is recorded, so that sending it again is harmless. */
type Queued = Recorded & { opId: string; deviceSeq: number };

interface BatchAnswer {
  results: { outcome: 'applied' | 'replayed' | 'parked' | 'rejected' }[];
}

/** What a phone could not say at once: kept in order, and sent as the offline operations that the API takes. */
export class Outbox {
  private queue: Queued[] = [];
  private deviceSeq = Date.now();

  constructor(
    private readonly account: Account,
    private readonly deviceId: string,
    private readonly proof: ProofSender,
  ) {}

  get size(): number {
    return this.queue.length;
  }

  add(item: Recorded): void {
    this.queue.push({ ...item, opId: randomUUID(), deviceSeq: ++this.deviceSeq });
  }

  /**
   * Sends everything in order; what is accepted leaves the queue. @returns whether the server took every operation as it
   * was (false: something is parked as a conflict, and the phone should look again).
   */
  async flush(): Promise<boolean> {
    let clean = true;
    while (this.queue.length > 0) {
      const [first] = this.queue;
      if ('proof' in first!.what) {
        await this.proof.send(first!.jobId, first!.what.proof, first!.at).catch((error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error;
          clean = false;
        });
        this.queue.shift();
        continue;
      }
      const next = this.queue.findIndex(({ what }) => 'proof' in what);
      const verbs = this.queue.slice(0, next < 0 ? undefined : next);
      clean = (await this.sendVerbs(verbs)) && clean;
      this.queue.splice(0, verbs.length);
    }
    return clean;
  }

  private async sendVerbs(verbs: Queued[]): Promise<boolean> {
    const operations = verbs.map(({ opId, deviceSeq, jobId, at, what }) => ({
      opId,
      deviceId: this.deviceId,
      deviceSeq,
      kind: (what as { verb: string }).verb,
      jobId,
      occurredAt: new Date(at).toISOString(),
      ...('reason' in what && what.reason ? { reason: what.reason } : {}),
    }));
    const { results } = await this.account.post<BatchAnswer>('me/operations', { operations });
    return results.every(({ outcome }) => outcome === 'applied' || outcome === 'replayed');
  }
}
