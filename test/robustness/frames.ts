import WebSocket from 'ws';

/** A socket that speaks Engine.IO and Socket.IO by hand, and so can say anything. */
export class RawSocket {
  readonly heard: string[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<void>;

  constructor(url: string, options: { origin?: string; query?: string } = {}) {
    const { origin, query = 'EIO=4&transport=websocket' } = options;
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?${query}`, { origin });
    this.socket.on('message', (data: Buffer) => this.heard.push(data.toString()));
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => resolve());
      this.socket.once('error', () => resolve());
    });
  }

  opened(): Promise<boolean> {
    return new Promise((resolve) => {
      this.socket.once('open', () => resolve(true));
      this.socket.once('error', () => resolve(false));
    });
  }

  say(frame: string | Buffer): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  /** Resolves with what was heard when it starts with `start`; null when the socket closes first. */
  hears(start: string): Promise<string | null> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.heard.find((text) => text.startsWith(start));
        if (found === undefined) return false;
        this.socket.off('message', look);
        resolve(found);
        return true;
      };
      if (look()) return;
      this.socket.on('message', look);
      void this.closed.then(() => resolve(null));
    });
  }

  close(): void {
    this.socket.terminate();
  }
}
