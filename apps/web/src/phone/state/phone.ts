import { liveQuery } from 'dexie';
import { isOnDuty } from '#kernel';
import type { JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { Job, Me } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { live } from '../../live/live-client';
import type { NewEntry, OwnStatus, ProofEntry, ProofKind } from '../../offline/entry';
import { type Beside, OperationLog } from '../../offline/operation-log';
import { unsentCount } from '../../offline/optimistic';
import { serverTime } from '../../offline/phone-clock';
import { databaseName, PhoneDb, type StoredPhoto } from '../../offline/phone-db';
import { PositionQueue } from '../../offline/positions';
import { SendLoop, type SendStatus } from '../../offline/send-loop';
import { Sender } from '../../offline/sender';
import { Sync } from '../../offline/sync';
import { Transport } from '../../offline/transport';
import { createStore } from '../../store/create-store';
import { setDeskZone } from '../../ui/zone';
import { PositionWatch, type WatchStatus } from '../device/position-watch';
import { NOTHING_STORED, readStored, type Stored, zonesServed } from './snapshot';
import { saveUnsentCount } from './unsent-count';

export interface PhoneState extends Stored {
  /** `failed`: the browser gives no storage, so nothing can be promised. */
  store: 'opening' | 'open' | 'failed';
  /** The server has answered since the page was opened. */
  fetched: boolean;
  send: SendStatus;
  watch: WatchStatus;
  /** There was no room for what the worker just did; they have to be told. */
  full: boolean;
  /** Time of the newest position the server has, ISO. */
  sentFixAt: string | null;
  /** When this page began to look for positions, business time, epoch ms; null: off duty. */
  watchingSince: number | null;
}

export interface NewProof {
  kind: ProofKind;
  text?: string;
  signer?: string;
  strokes?: [number, number][][];
  tag?: string;
  photo?: Omit<StoredPhoto, 'id'> & { thumb?: string };
}

const POKE_MS = 250;
const LOOK_EVERY_MS = 20_000;

/** One person's phone: their database, what it shows, and the loop that sends from it. */
export class Phone {
  readonly db: PhoneDb;
  readonly transport: Transport;
  readonly log: OperationLog;
  private readonly sync: Sync;
  private readonly watch = new PositionWatch();
  private loop: SendLoop | null = null;
  private queue: PositionQueue | null = null;
  private stopped = false;
  private stops: (() => void)[] = [];
  private poking: ReturnType<typeof setTimeout> | undefined;
  private readonly state = createStore<PhoneState>({
    ...NOTHING_STORED,
    store: 'opening',
    fetched: false,
    send: { state: 'idle', nextTryAt: null },
    watch: 'off',
    full: false,
    sentFixAt: null,
    watchingSince: null,
  });
  readonly get = this.state.get;
  readonly subscribe = this.state.subscribe;

  constructor(readonly person: Me) {
    this.db = new PhoneDb(databaseName({ orgId: person.organization.id, id: person.id }));
    this.transport = new Transport(person.id);
    this.log = new OperationLog(this.db);
    this.sync = new Sync(this.db, this.transport);
  }

  async start(): Promise<void> {
    let deviceId: string;
    try {
      await this.db.open();
      deviceId = await this.log.deviceId();
      await this.tellTime();
    } catch {
      if (!this.stopped) this.become({ store: 'failed' });
      return;
    }
    if (this.stopped) return;
    void navigator.storage?.persist?.();
    const stored = liveQuery(() => readStored(this.db)).subscribe({
      next: (rows) => {
        setDeskZone(zonesServed(rows));
        this.become({ ...rows, store: 'open' });
        saveUnsentCount(this.person.id, unsentCount(rows.entries));
        this.follow();
      },
      error: () => this.become({ store: 'failed' }),
    });
    this.queue = new PositionQueue(this.db, deviceId);
    this.loop = new SendLoop({
      db: this.db,
      sender: new Sender(this.db, this.transport, deviceId),
      sync: this.sync,
      positions: this.queue,
      transport: this.transport,
      onStatus: (send) => this.become({ send }),
      onPosition: (sentFixAt) => this.become({ sentFixAt }),
    });
    this.loop.start();
    live.start({ gapless: false });
    const timer = setInterval(() => this.poke(), LOOK_EVERY_MS);
    const look = () => document.visibilityState === 'visible' && this.poke();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', this.poke);
    this.stops = [
      () => stored.unsubscribe(),
      live.on('facts', this.poke),
      live.on('resync', this.poke),
      // A line that comes back without the browser's saying so: an answer to an offer has no minute to wait.
      live.status.subscribe(() => live.status.get().state === 'live' && this.loop?.nudge()),
      () => clearInterval(timer),
      () => document.removeEventListener('visibilitychange', look),
      () => removeEventListener('online', this.poke),
    ];
    this.poke();
  }

  stop(): void {
    this.stopped = true;
    for (const stop of this.stops) stop();
    this.stops = [];
    clearTimeout(this.poking);
    this.loop?.stop();
    this.watch.stop();
    if (this.loop) live.stop();
    this.db.close();
  }

  /** Everything of this person goes from this phone. */
  async wipe(): Promise<void> {
    this.stop();
    await this.db.delete();
    saveUnsentCount(this.person.id, 0);
  }

  tellFull(full = true): void {
    this.become({ full });
  }

  /** Asks the server for what may have changed; many calls at once are one. */
  readonly poke = (): void => {
    this.poking ??= setTimeout(() => {
      this.poking = undefined;
      void this.look();
    }, POKE_MS);
  };

  async look(): Promise<void> {
    const answered = await this.sync.refresh().catch(() => false);
    if (!answered || this.stopped) return;
    this.become({ fetched: true });
  }

  /** A refused entry goes out once more. */
  async again(seq: number): Promise<void> {
    await this.log.again(seq);
    this.sendNow();
  }

  sendNow(): void {
    this.loop?.nudge();
    this.poke();
  }

  /** @throws StorageFull */
  async act(
    job: Job,
    kind: JobEvent | 'note',
    more: { reason?: string; data?: Record<string, unknown> } = {},
  ) {
    await this.log.record(this.operation(job, kind, more));
  }

  /** @throws StorageFull */
  async prove(job: Job, proof: NewProof): Promise<void> {
    await this.log.recordAll([this.proofEntry(job, proof)]);
    await this.replaceRefused(job, proof.kind);
  }

  /** Standing at the door with its tag before the camera: arrival, and proof where a scan is asked for. @throws StorageFull */
  async scanned(job: Job, tag: string): Promise<void> {
    const list: { entry: NewEntry; beside?: Beside }[] = [];
    if (job.state === 'assigned' || job.state === 'en_route')
      list.push({ entry: this.operation(job, 'arrive', { data: { tag } }) });
    if (job.proofRequired.includes('scan') || list.length === 0)
      list.push(this.proofEntry(job, { kind: 'scan', tag }));
    await this.log.recordAll(list);
    await this.replaceRefused(job, 'scan');
  }

  private async replaceRefused(job: Job, kind: ProofKind): Promise<void> {
    await this.log.replaceRefused(job.id, kind);
    this.sendNow();
  }

  /** Before it was sent it is as if it had never been; afterwards it is a step of its own. @throws StorageFull */
  async undoComplete(job: Job): Promise<void> {
    const last = this.get().entries.findLast((entry) => entry.jobId === job.id && entry.kind === 'complete');
    if (last && (await this.log.withdraw(last.seq))) return;
    await this.act(job, 'undo_complete');
  }

  /** @throws StorageFull */
  async say(status: OwnStatus): Promise<void> {
    await this.log.record({ type: 'status', kind: status, jobId: null });
  }

  async tick(jobId: string, line: number, on: boolean): Promise<void> {
    const { ticks } = this.db;
    await this.db.transaction('rw', ticks, async () => {
      const done = (await ticks.get(jobId))?.done ?? [];
      await ticks.put({ jobId, done: on ? [...new Set([...done, line])] : done.filter((i) => i !== line) });
    });
  }

  async putAway(conflictIds: readonly string[]): Promise<void> {
    await this.db.keep('putAway', [...this.get().putAway, ...conflictIds].slice(-200));
  }

  /** What was parked is not to count: the server hears it at once or not at all. */
  async withdraw(conflictId: string) {
    const reply = await this.transport.request('POST', `/api/v1/me/conflicts/${conflictId}/withdraw`, {
      body: {},
      key: `withdraw/${conflictId}`,
    });
    await this.look();
    return reply;
  }

  private operation(
    job: Job,
    kind: JobEvent | 'note',
    more: { reason?: string; data?: Record<string, unknown> },
  ): NewEntry {
    return { type: 'operation', kind, jobId: job.id, baseVersion: job.version, ...more };
  }

  private proofEntry(
    job: Job,
    { kind, photo, strokes, ...rest }: NewProof,
  ): { entry: NewEntry; beside: Beside } {
    const proofId = crypto.randomUUID();
    const fields: ProofEntry['fields'] = { occurredAt: serverTime(Date.now(), this.get().offsetMs) };
    for (const [name, value] of Object.entries(rest)) if (value) fields[name] = value;
    if (strokes) fields.strokes = JSON.stringify(strokes);
    if (photo?.originalSha256) fields.cameraSha256 = photo.originalSha256;
    const fix = this.watch.last;
    if (fix) Object.assign(fields, { lat: String(fix.lat), lon: String(fix.lon) });
    const { thumb, ...stored } = photo ?? {};
    return {
      entry: { type: 'proof', kind, jobId: job.id, proofId, fields },
      beside: {
        proof: { id: proofId, jobId: job.id, kind, text: rest.text, thumb },
        ...(photo ? { photo: { id: proofId, ...(stored as Omit<StoredPhoto, 'id'>) } } : {}),
      },
    };
  }

  /** Positions are looked at while the person is on duty, and not a minute longer. */
  private follow(): void {
    const { status } = this.get();
    if (!isOnDuty(status)) {
      this.watch.stop();
      if (this.get().watch !== 'off') this.become({ watch: 'off', watchingSince: null });
      return;
    }
    if (this.get().watchingSince === null) this.become({ watchingSince: businessClock.now() });
    this.watch.start({
      onStatus: (watch) => this.become({ watch }),
      onFix: ({ atMs, ...fix }) =>
        void this.queue?.add({ ...fix, fixAt: serverTime(atMs, this.get().offsetMs) }).catch(() => undefined),
    });
  }

  /** Until the server says what time it is: what is offered must run out without a line as well. */
  private async tellTime(): Promise<void> {
    const offsetMs = await this.db.read<number>('clockOffsetMs');
    if (offsetMs !== undefined) businessClock.set(Date.now() + offsetMs, 1);
  }

  private become(change: Partial<PhoneState>): void {
    this.state.set((before) => ({ ...before, ...change }));
  }
}
