import { inRoot } from '#scripts/lib/paths';
import type { TestApp } from '../support/app.js';
import { eventually } from '../support/client.js';
import { freePort, ProductProcess } from '../support/processes.js';

export interface Reading {
  longestTurnMs: number;
  /** The most memory that it had at once. */
  mostResidentBytes: number;
}

/** An api process of its own, over the database of a test app, with a probe in it. */
export class Target {
  private constructor(
    readonly url: string,
    private readonly probe: string,
    private readonly process: ProductProcess,
  ) {}

  static async start(app: TestApp): Promise<Target> {
    const [port, probePort] = [await freePort(), await freePort()];
    const { env } = app;
    const process = new ProductProcess('api', {
      PORT: String(port),
      PROBE_PORT: String(probePort),
      NODE_OPTIONS: `--import=${inRoot('test/attack/probe.mjs')}`,
      DATABASE_URL: env.DATABASE_URL,
      DATABASE_POOL: '20',
      JWT_SECRET: env.JWT_SECRET,
      QR_SECRET: env.QR_SECRET,
      DATA_DIR: env.DATA_DIR,
      CLOCK: 'virtual',
      LOG_LEVEL: 'silent',
      RATE_LIMITS: 'off',
      DEMO: 'off',
      // As the launcher and the image do.
      MALLOC_ARENA_MAX: '2',
    });
    process.start();
    const target = new Target(`http://127.0.0.1:${port}`, `http://127.0.0.1:${probePort}`, process);
    await eventually(async () => {
      if (!process.running) throw new Error(`the api did not start: ${process.lastWords}`);
      return fetch(`${target.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    }, 120_000);
    return target;
  }

  /** What was seen since the last `forget`. */
  async read(): Promise<Reading> {
    return (await fetch(this.probe)).json() as Promise<Reading>;
  }

  /** Reads, and begins anew. */
  async forget(): Promise<Reading> {
    return (await fetch(this.probe, { method: 'POST' })).json() as Promise<Reading>;
  }

  get running(): boolean {
    return this.process.running;
  }

  /** Hard: one whose event loop is held hears no signal. */
  stop(): Promise<void> {
    return this.process.kill();
  }
}
