import { io, type Socket } from 'socket.io-client';
import type { WireFact } from '../api/types';
import { session } from '../session/session';
import { createStore } from '../store/create-store';
import { businessClock } from './business-clock';
import { Sequence } from './sequence';

/** `live`: what is shown is now. `stale`: what is shown was true at `asOf`. */
export interface LiveStatus {
  state: 'connecting' | 'live' | 'stale';
  /** Business time of the last sign of life. */
  asOf: number;
  attempt: number;
}

const NOT_YET: LiveStatus = { state: 'connecting', asOf: 0, attempt: 0 };

interface Events {
  facts: (facts: WireFact[]) => void;
  /** What is on the page must be loaded anew. */
  resync: () => void;
  positions: (frame: unknown) => void;
  presence: (payload: unknown) => void;
}

/** With a server ping each 10 s a dead line would be noticed after 18 s: we ask every 2 s and give it 2.5 s. */
const ASK_EVERY_MS = 2_000;
const ANSWER_WITHIN_MS = 2_500;

/** The page's one line to the server: replays what it missed by `seq`, says when it is stale, renews its own token. */
class LiveClient {
  private socket: Socket | null = null;
  private sequence = new Sequence();
  readonly status = createStore(NOT_YET);
  /** Business time of the last sign of life; 0 before the first. */
  private aliveAt = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private token: string | null = null;
  private readonly listeners: { [E in keyof Events]: Set<Events[E]> } = {
    facts: new Set(),
    resync: new Set(),
    positions: new Set(),
    presence: new Set(),
  };

  on<E extends keyof Events>(event: E, listener: Events[E]): () => void {
    this.listeners[event].add(listener);
    return () => void this.listeners[event].delete(listener);
  }

  get socketId(): string | undefined {
    return this.socket?.id;
  }

  /** Begins, or goes on. `gapless`: an office role, who sees every place of the log. */
  start(options: { gapless: boolean }): void {
    if (this.socket) return;
    this.sequence = new Sequence(null, options.gapless);
    const socket = io('/live', {
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 3_000,
      timeout: 4_000,
      auth: (give) => {
        void session.accessToken().then((token) => {
          this.token = token;
          give({ token, ...(this.sequence.seq === null ? {} : { lastSeq: this.sequence.seq }) });
        });
      },
    });
    this.socket = socket;
    socket.on('ready', (ready: { seq: number; now: string; speed: number }) => {
      businessClock.set(ready.now, ready.speed);
      const first = this.sequence.seq === null;
      if (first) this.sequence.restart(ready.seq);
      this.become('live');
      if (first) for (const listener of this.listeners.resync) listener();
    });
    socket.on('facts', (facts: WireFact[]) => this.take(facts));
    socket.on('resync', ({ seq }: { seq: number }) => {
      this.sequence.restart(seq);
      for (const listener of this.listeners.resync) listener();
    });
    socket.on('positions', (frame: unknown) => {
      this.alive();
      for (const listener of this.listeners.positions) listener(frame);
    });
    socket.on('presence', (payload: unknown) => {
      for (const listener of this.listeners.presence) listener(payload);
    });
    socket.on('clock', (clock: { now: string; speed: number }) => businessClock.set(clock.now, clock.speed));
    socket.on('disconnect', (reason) => {
      this.become('stale');
      // The server cut us off, and Socket.IO leaves it at that.
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500);
    });
    socket.on('connect_error', (error) => {
      this.become('stale', this.status.get().attempt + 1);
      if (!socket.active) void this.readmit(error as Error & { data?: { status?: number } });
    });
    socket.on('signed_out', ({ reason }: { reason: string }) => {
      if (reason !== 'expired') void session.recheck();
    });
    if (!navigator.onLine) this.become('stale');
    this.timer = setInterval(() => this.ask(), ASK_EVERY_MS);
    addEventListener('offline', this.lineGone);
    addEventListener('online', this.lineBack);
  }

  stop(): void {
    clearInterval(this.timer);
    removeEventListener('offline', this.lineGone);
    removeEventListener('online', this.lineBack);
    this.socket?.disconnect();
    this.socket = null;
    this.aliveAt = 0;
    this.status.set(NOT_YET);
  }

  /** Sends a command and waits for its answer; rejects after five seconds. */
  async command(event: string, payload?: unknown): Promise<{ ok: boolean; [extra: string]: unknown }> {
    if (!this.socket?.connected) throw new Error('not connected');
    return (await this.socket.timeout(5_000).emitWithAck(event, payload)) as { ok: boolean };
  }

  retry(): void {
    this.socket?.disconnect().connect();
  }

  private readonly lineGone = () => this.become('stale');
  private readonly lineBack = () => this.retry();

  private take(facts: WireFact[]): void {
    this.alive();
    const { fresh, gap } = this.sequence.take(facts);
    if (fresh.length > 0) for (const listener of this.listeners.facts) listener(fresh);
    if (gap) this.retry();
  }

  /** A question that any server answers, be it with "unknown": what matters is that somebody is there. */
  private ask(): void {
    const { socket } = this;
    if (!socket?.connected) return;
    socket
      .timeout(ANSWER_WITHIN_MS)
      .emitWithAck('ping')
      .then(
        () => this.alive(),
        () => this.become('stale'),
      );
    void session.accessToken().then(async (token) => {
      if (!token || token === this.token) return;
      this.token = token;
      await this.command('renew', { token }).catch(() => undefined);
    });
  }

  private async readmit(error: Error & { data?: { status?: number } }): Promise<void> {
    if (error.data?.status === 401 && !(await session.renew().catch(() => false))) {
      if (!session.hasLogin()) return session.lapse();
    }
    setTimeout(() => this.socket?.connect(), 1_000);
  }

  private alive(): void {
    if (this.status.get().state === 'live') this.aliveAt = businessClock.now();
    else if (this.socket?.connected && this.sequence.seq !== null) this.become('live');
  }

  private become(state: LiveStatus['state'], attempt = 0): void {
    if (state === 'live') this.aliveAt = businessClock.now();
    const beginning = this.status.get().state === 'connecting' && this.aliveAt === 0;
    // One try may fail on a page that has only just been opened; not when there is no network to begin with.
    const early = state === 'stale' && beginning && attempt < 2 && navigator.onLine;
    this.status.set({ state: early ? 'connecting' : state, asOf: this.aliveAt, attempt });
  }
}

export const live = new LiveClient();
