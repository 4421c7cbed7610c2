import { liveQuery } from 'dexie';
import type { PhoneDb } from './phone-db';
import type { PositionQueue } from './positions';
import { backOffMs } from './queue';
import type { Drained, Sender } from './sender';
import type { Sync } from './sync';
import type { Transport } from './transport';

export interface SendStatus {
  state: 'sending' | Drained['state'] | 'other_tab';
  /** Wall time of the next try, ms; null: none is planned. */
  nextTryAt: number | null;
}

/** How often positions go out while there are any, milliseconds. */
const POSITIONS_EVERY_MS = 10_000;

interface Parts {
  db: PhoneDb;
  sender: Sender;
  sync: Sync;
  positions: PositionQueue;
  transport: Transport;
  onStatus(status: SendStatus): void;
  onPosition(fixAt: string): void;
}

/**
 * Keeps sending while the page is open. Of all tabs of one person exactly one sends (a Web Lock); when that one is closed
 * or killed the next takes over.
 */
export class SendLoop {
  private readonly stopping = new AbortController();
  private wake: () => void = () => undefined;
  private failures = 0;
  private wanted = true;

  constructor(private readonly parts: Parts) {}

  start(): void {
    const { db, onStatus } = this.parts;
    onStatus({ state: 'other_tab', nextTryAt: null });
    const { signal } = this.stopping;
    navigator.locks
      .request(`doorstep.sender.${db.name}`, { signal }, () => this.run())
      .catch(() => undefined);
    let highest = 0;
    // Of this tab or another. A change of state alone is this loop's own doing and no reason to try again.
    const watch = liveQuery(() => db.log.orderBy('seq').last()).subscribe({
      next: (entry) => {
        if (!entry || entry.seq <= highest) return;
        highest = entry.seq;
        this.nudge();
      },
      error: () => undefined,
    });
    signal.addEventListener('abort', () => watch.unsubscribe());
    addEventListener('online', () => this.nudge(), { signal });
    document.addEventListener('visibilitychange', () => this.nudge(), { signal });
  }

  stop(): void {
    this.stopping.abort();
    this.wake();
  }

  /** Something may be possible now that was not before: try at once. */
  nudge(): void {
    this.wanted = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const { sender, sync, onStatus, db } = this.parts;
    const stopped = () => this.stopping.signal.aborted;
    while (!stopped()) {
      this.wanted = false;
      if ((await db.log.count()) > 0) onStatus({ state: 'sending', nextTryAt: null });
      const before = await db.log.count();
      const drained = await sender.drain(stopped).catch((): Drained => ({ state: 'unreachable' }));
      if (stopped()) return;
      if (drained.state === 'idle') {
        this.failures = 0;
        if (before > 0) await sync.refresh().catch(() => false);
        await this.sendPositions();
      } else this.failures += 1;
      const pause =
        drained.state === 'idle'
          ? POSITIONS_EVERY_MS
          : Math.max(
              backOffMs(this.failures, Math.random()),
              (drained.state === 'unreachable' && drained.retryAfterMs) || 0,
            );
      onStatus({
        state: drained.state,
        nextTryAt: drained.state === 'idle' ? null : Date.now() + pause,
      });
      if (!this.wanted) await this.rest(pause);
    }
  }

  private async sendPositions(): Promise<void> {
    const { positions, transport, onPosition } = this.parts;
    const newest = await positions
      .flush((body) => transport.request('POST', '/api/v1/me/positions', { body }))
      .catch(() => null);
    if (newest) onPosition(newest);
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
