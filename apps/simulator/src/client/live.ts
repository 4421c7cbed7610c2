import { io, type Socket } from 'socket.io-client';
import type { Account } from './account.js';

export interface LiveFact {
  seq: number;
  type: string;
  subjectId: string;
  data: Record<string, unknown>;
}

export interface LiveHandlers {
  fact(fact: LiveFact): void;
  /** Connected; `resync` when facts were missed that the server no longer replays. */
  ready?(state: { now: Date; speed: number; resync: boolean }): void;
  clock?(state: { now: Date; speed: number }): void;
  frame?(event: string, payload: unknown): void;
}

const RENEW_EVERY_MS = 240_000;
const ACK_TIMEOUT_MS = 10_000;

/** The live channel of one account: reconnects by itself with the last `seq` it saw and a fresh token. */
export class Live {
  readonly socket: Socket;
  private lastSeq: number | undefined;
  private resync = false;
  private closed = false;
  private readonly renewal: NodeJS.Timeout;

  constructor(
    private readonly account: Account,
    private readonly handlers: LiveHandlers,
  ) {
    this.socket = io(`${account.url}/live`, {
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      auth: (send) => {
        account.token().then(
          (token) => send({ token, ...(this.lastSeq === undefined ? {} : { lastSeq: this.lastSeq }) }),
          () => send({}),
        );
      },
    });
    this.listen();
    this.renewal = setInterval(() => void this.renew(), RENEW_EVERY_MS);
    this.renewal.unref();
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  connect(): void {
    if (!this.closed) this.socket.connect();
  }

  /** As when the network goes away: without a word, and to be back later. */
  disconnect(): void {
    this.socket.disconnect();
  }

  /** For good, whatever was about to connect again. */
  close(): void {
    this.closed = true;
    clearInterval(this.renewal);
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  /** A live command. @throws when nobody answers in time or the answer is a problem. */
  async command<T>(event: string, payload: unknown): Promise<T> {
    const answer = (await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload)) as {
      ok: boolean;
      problem?: { code: string; detail: string };
    };
    if (!answer.ok) throw new Error(`${event}: ${answer.problem?.code} ${answer.problem?.detail}`);
    return answer as T;
  }

  private listen(): void {
    const { socket, handlers } = this;
    socket.on('facts', (facts: LiveFact[]) => {
      for (const fact of facts) {
        this.lastSeq = Math.max(fact.seq, this.lastSeq ?? 0);
        if (fact.type !== 'hidden') handlers.fact(fact);
      }
    });
    socket.on('resync', () => {
      this.resync = true;
    });
    socket.on('ready', ({ seq, now, speed }: { seq: number; now: string; speed: number }) => {
      this.lastSeq = Math.max(seq, this.lastSeq ?? 0);
      handlers.ready?.({ now: new Date(now), speed, resync: this.resync });
      this.resync = false;
    });
    socket.on('clock', ({ now, speed }: { now: string; speed: number }) =>
      handlers.clock?.({ now: new Date(now), speed }),
    );
    // After `signed_out` or a refused handshake Socket.IO does not come back by itself.
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') setTimeout(() => this.connect(), 1_000).unref();
    });
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => this.connect(), 3_000).unref();
    });
    if (handlers.frame) for (const event of ['positions']) socket.on(event, (p) => handlers.frame!(event, p));
  }

  private async renew(): Promise<void> {
    if (!this.connected) return;
    await this.account
      .token()
      .then((token) => this.command('renew', { token }))
      .catch(() => undefined);
  }
}
