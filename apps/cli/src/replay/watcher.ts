import type { Account } from '../../../simulator/src/client/account.js';
import { Live, type LiveFact } from '../../../simulator/src/client/live.js';

export interface OfferSeen {
  offerId: string;
  jobId: string;
  workerId: string;
  expiresAt: number;
  distanceMetres: number | null;
}

/** `taken`: the job has gone on without a search. `nobody`: a round found no one. */
export type Decision = 'offered' | 'nobody' | 'taken' | 'slow';

interface Waiting {
  decide: (decision: Decision) => void;
  timer: NodeJS.Timeout;
}

/**
 * The desk's eye on the live channel: where every job stands, and what dispatch decided about it. Facts come in the order
 * of the log, so what is seen here is what happened.
 */
export class Watcher {
  readonly states = new Map<string, string>();
  readonly reasons = new Map<string, string>();
  facts = 0;
  private readonly waiting = new Map<string, Waiting>();
  /** Decisions that came before anybody asked. */
  private readonly early = new Map<string, Decision>();
  private readonly live: Live;
  private resynced = false;

  constructor(
    account: Account,
    private readonly onOffer: (offer: OfferSeen) => void,
  ) {
    this.live = new Live(account, {
      fact: (fact) => this.see(fact),
      ready: ({ resync }) => {
        this.resynced ||= resync;
      },
    });
  }

  /** Resolves once the channel is open: from then on nothing is missed. */
  async open(): Promise<void> {
    const ready = new Promise<void>((resolve) => this.live.socket.once('ready', () => resolve()));
    this.live.connect();
    await ready;
  }

  close(): void {
    this.live.close();
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  /** Whether the server ever gave up replaying what this client missed. */
  get missedFacts(): boolean {
    return this.resynced;
  }

  /** What was decided so far is of no interest: something is about to make dispatch look again. */
  forget(jobId: string): void {
    this.early.delete(jobId);
  }

  /** What dispatch has decided about the job since `forget`, or decides next. `slow`: nothing within the wall time. */
  nextDecision(jobId: string, patienceMs: number): Promise<Decision> {
    const known = this.early.get(jobId);
    this.early.delete(jobId);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const decide = (decision: Decision) => {
        clearTimeout(timer);
        this.waiting.delete(jobId);
        resolve(decision);
      };
      const timer = setTimeout(() => decide('slow'), patienceMs);
      this.waiting.set(jobId, { decide, timer });
    });
  }

  /** A job that was made just now; its own facts may have been faster. */
  add(jobId: string, state: string): void {
    if (!this.states.has(jobId)) this.states.set(jobId, state);
  }

  private see({ type, subjectId, data }: LiveFact): void {
    this.facts += 1;
    if (type === 'offer.made') {
      const { jobId, workerId, expiresAt, distanceMetres } = data as unknown as Omit<
        OfferSeen,
        'expiresAt'
      > & {
        expiresAt: string;
      };
      this.onOffer({ offerId: subjectId, jobId, workerId, expiresAt: Date.parse(expiresAt), distanceMetres });
      this.decided(jobId, 'offered');
    } else if (type === 'job.evaluated') {
      this.reasons.set(subjectId, String(data.summary));
      this.decided(subjectId, 'nobody');
    } else if (type.startsWith('job.') && typeof data.to === 'string') {
      this.states.set(subjectId, data.to);
      if (typeof data.reason === 'string') this.reasons.set(subjectId, data.reason);
      if (!['unassigned', 'offering'].includes(data.to)) this.decided(subjectId, 'taken');
    } else if (type === 'job.created') this.add(subjectId, 'unassigned');
  }

  private decided(jobId: string, decision: Decision): void {
    const waiting = this.waiting.get(jobId);
    if (waiting) waiting.decide(decision);
    else if (decision === 'taken') this.early.delete(jobId);
    else this.early.set(jobId, decision);
  }
}
