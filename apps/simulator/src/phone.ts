import { type GeoPoint, type Random, seededRandom } from '#kernel';
import { Account } from './client/account.js';
import type { BusinessClock } from './client/business-clock.js';
import { ApiProblem } from './client/http.js';
import { Live, type LiveFact } from './client/live.js';
import { Outbox } from './client/outbox.js';
import { ProofSender } from './client/proof-sender.js';
import type { Act, Fix, JobToDo } from './model/acts.js';
import { seedOf } from './model/chance.js';
import type { StreetGrid } from './model/street-grid.js';
import { temperamentOf } from './model/temperament.js';
import { WorkerLife } from './model/worker-life.js';

export interface PhoneOptions {
  url: string;
  email: string;
  password: string;
  seed: number;
  clock: BusinessClock;
  grid: StreetGrid;
  home: GeoPoint;
  onShift: (now: number) => boolean;
  handsOff: boolean;
  log: (line: string) => void;
}

type JobView = JobToDo & { version: number };

const MOST_FIXES_KEPT = 500;
/** What a worker goes on with; a paused job waits for whoever paused it. */
const HELD = new Set(['assigned', 'en_route', 'arrived', 'in_progress']);

/** One worker with a phone: carries out what the model decides, through the API and the live channel as the app does. */
export class Phone {
  readonly life: WorkerLife;
  private readonly account: Account;
  private readonly live: Live;
  private readonly outbox: Outbox;
  private readonly proof: ProofSender;
  private readonly deviceId: string;
  private fixes: (Fix & { seq: number })[] = [];
  private fixSeq = 0;
  private sendingFixes = false;
  private errand: Promise<void> = Promise.resolve();
  private started = false;

  constructor(private readonly options: PhoneOptions) {
    const { url, email, password, seed } = options;
    const random: Random = seededRandom(seedOf(seed, email));
    this.life = new WorkerLife({ ...options, temperament: temperamentOf(seed, email), random });
    this.account = new Account(url, email, password);
    this.deviceId = `sim-${email.split('@')[0]}`;
    this.live = new Live(this.account, {
      fact: (fact) => this.hear(fact),
      ready: ({ resync }) => {
        if (resync) this.do(() => this.lookAgain());
        this.sendFixes();
      },
      clock: (state) => options.clock.set(state),
    });
    this.proof = new ProofSender(this.account, seededRandom(seedOf(seed, `proof of ${email}`)));
    this.outbox = new Outbox(this.account, this.deviceId, this.proof);
  }

  get isHandsOff(): boolean {
    return this.options.handsOff;
  }

  get isStarted(): boolean {
    return this.started;
  }

  get isConnected(): boolean {
    return this.live.connected;
  }

  /** Signs in and takes up the day where the server says it stands. */
  async start(): Promise<void> {
    this.started = true;
    try {
      await this.account.token();
      this.fixSeq = this.now();
      const { items } = await this.account.get<{ items: { status: string }[] }>('workers');
      if (items[0] && items[0].status !== 'off_duty') this.life.standBy(this.now());
      await this.lookAgain();
      if (this.started) this.live.connect();
    } catch (error) {
      this.started = false;
      throw error;
    }
  }

  stop(): void {
    this.started = false;
    this.live.close();
  }

  /** Lets the model go on to now. */
  tick(): void {
    for (const act of this.life.advance(this.now())) this.carryOut(act);
  }

  private now(): number {
    return this.options.clock.now();
  }

  private carryOut(act: Act): void {
    const offline = this.life.offlineUntil !== null;
    switch (act.do) {
      case 'fix':
        this.fixes.push({ ...act.fix, seq: ++this.fixSeq });
        if (this.fixes.length > MOST_FIXES_KEPT) this.fixes.shift();
        this.sendFixes();
        return;
      case 'offline':
        this.live.disconnect();
        return;
      case 'online':
        this.live.connect();
        this.do(() => this.comeBack());
        return;
      case 'status':
        this.do(() => this.account.post('me/status', { status: act.status }));
        return;
      case 'decline':
        this.do(() => this.account.post(`offers/${act.offerId}/decline`, { reason: act.reason }));
        return;
      case 'accept':
        this.do(() => this.accept(act.offerId, act.jobId));
        return;
      case 'prove':
        if (offline || this.outbox.size > 0)
          this.outbox.add({ jobId: act.jobId, at: act.at, what: { proof: act.kind } });
        else this.do(() => this.proof.send(act.jobId, act.kind, act.at));
        return;
      case 'verb': {
        const { verb, jobId, at, reason } = act;
        if (offline || this.outbox.size > 0) this.outbox.add({ jobId, at, what: { verb, reason } });
        else this.do(() => this.account.post(`jobs/${jobId}/${verb}`, reason ? { reason } : {}));
        return;
      }
    }
  }

  private async accept(offerId: string, jobId: string): Promise<void> {
    await this.account.post(`offers/${offerId}/accept`);
    await this.take(jobId);
  }

  private async take(jobId: string): Promise<void> {
    this.life.resume(await this.account.get<JobView>(`jobs/${jobId}`), this.now());
  }

  private async comeBack(): Promise<void> {
    if (this.outbox.size > 0 && !(await this.outbox.flush())) await this.lookAgain();
  }

  /** What the server says this worker holds and is asked. */
  private async lookAgain(): Promise<void> {
    const { items } = await this.account.get<{ items: JobView[] }>('me/jobs');
    const held = items.filter(({ state }) => HELD.has(state));
    for (const jobId of this.life.jobIds)
      if (!held.some(({ id }) => id === jobId)) this.life.dropped(jobId, this.now());
    for (const job of held) this.life.resume(job, this.now());
    const offers = await this.account.get<{
      items: { id: string; jobId: string; distanceMetres: number | null }[];
    }>('me/offers');
    for (const { id, jobId, distanceMetres } of offers.items)
      this.life.offered({ offerId: id, jobId, distanceMetres }, this.now());
  }

  private hear({ type, subjectId, data }: LiveFact): void {
    const now = this.now();
    if (type === 'offer.made') {
      const { jobId, distanceMetres } = data as { jobId: string; distanceMetres: number | null };
      this.life.offered({ offerId: subjectId, jobId, distanceMetres }, now);
    } else if (type === 'offer.withdrawn' || type === 'offer.expired') this.life.offerGone(subjectId);
    else if (type === 'job.assigned') {
      if (!this.life.jobIds.includes(subjectId)) this.do(() => this.take(subjectId));
    } else if (type === 'worker.status_changed') this.statusChanged(String(data.to), now);
    else if (type.startsWith('job.') && typeof data.to === 'string')
      this.life.stepped({ id: subjectId, state: data.to }, now);
  }

  /** A person at the desk, or the one who holds this phone, may also say whether this worker works. */
  private statusChanged(to: string, now: number): void {
    if (to === 'off_duty' || to === 'suspended') {
      this.life.standDown();
    } else if (this.life.phase.kind === 'off_duty') this.life.standBy(now);
  }

  private sendFixes(): void {
    if (this.sendingFixes || this.fixes.length === 0 || !this.live.connected) return;
    this.sendingFixes = true;
    const batch = this.fixes.slice(0, MOST_FIXES_KEPT);
    const fixes = batch.map(({ at, ...fix }) => ({ ...fix, fixAt: at }));
    this.live
      .command<{ acked: number[] }>('positions', { deviceId: this.deviceId, fixes })
      .then(({ acked }) => {
        const done = new Set(acked);
        this.fixes = this.fixes.filter(({ seq }) => !done.has(seq));
      })
      .catch(() => undefined)
      .finally(() => {
        this.sendingFixes = false;
      });
  }

  /** One errand after the other, as one pair of hands does; what the server refuses makes the phone look again. */
  private do(errand: () => Promise<unknown>): void {
    this.errand = this.errand.then(errand).then(
      () => undefined,
      async (error: unknown) => {
        if (!(error instanceof ApiProblem)) this.options.log(`${this.deviceId}: ${String(error)}`);
        await this.lookAgain().catch(() => undefined);
      },
    );
  }
}
