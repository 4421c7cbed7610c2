import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { inRoot, root } from '#scripts/lib/paths';

/** A real process of the built product, which a test may kill. */
export class ProductProcess {
  private child: ChildProcess | null = null;
  private output = '';

  constructor(
    readonly name: 'api' | 'worker',
    private readonly env: Record<string, string>,
  ) {}

  start(): void {
    const { NODE_OPTIONS: _, JEST_WORKER_ID: __, ...inherited } = process.env;
    this.child = spawn(process.execPath, [inRoot(`dist/apps/${this.name}/src/main.js`)], {
      cwd: root,
      env: { ...inherited, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-4_000);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
  }

  /** As `kill -9` does. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** The last it said, for a test that failed. */
  get lastWords(): string {
    return this.output;
  }

  get running(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || !this.running) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
