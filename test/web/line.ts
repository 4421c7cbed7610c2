import { connect, createServer, type Server, type Socket } from 'node:net';

/** The wire between one page and the server, which a test may cut. */
export class Line {
  private readonly open = new Set<Socket>();
  private down: 'silent' | 'refused' | null = null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    return new Promise((resolve) => {
      const server = createServer((page) => {
        const far = connect(Number(port), hostname);
        line.join(page, far);
      });
      let line: Line;
      server.listen(0, '127.0.0.1', () => {
        const { port: here } = server.address() as { port: number };
        line = new Line(server, `http://127.0.0.1:${here}`);
        resolve(line);
      });
    });
  }

  /** As when a train enters a tunnel: connections stay, and are silent. */
  cut(): void {
    this.down = 'silent';
    for (const socket of this.open) socket.pause();
  }

  /** As when a phone has no network: what is open breaks, and nothing can be opened. */
  drop(): void {
    this.down = 'refused';
    this.breakAll();
  }

  /** What was open before is broken; what is opened now works. */
  mend(): void {
    this.down = null;
    this.breakAll();
  }

  close(): Promise<void> {
    this.breakAll();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private breakAll(): void {
    for (const socket of this.open) socket.destroy();
  }

  private join(page: Socket, far: Socket): void {
    for (const [from, to] of [
      [page, far],
      [far, page],
    ] as const) {
      this.open.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.open.delete(from);
        to.destroy();
      });
      if (this.down === 'silent') from.pause();
      if (this.down === 'refused') from.destroy();
    }
  }
}
