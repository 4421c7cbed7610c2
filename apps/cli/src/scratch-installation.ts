import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrate } from '#platform';
import { applyMigrations, provision } from '#scripts/lib/database';
import { onInterrupt } from '#scripts/lib/interrupt';
import { type EmbeddedPostgres, startPostgres } from '#scripts/postgres';

export interface InstallationOptions {
  /** Where its database, files and logs lie; what is there already is used again. */
  folder: string;
  apis?: number;
  workers?: number;
  /** Settings over the usual ones: CLOCK, LOG_LEVEL, REDIS_URL … */
  env?: Record<string, string>;
  /** Of the PostgreSQL server. */
  settings?: Record<string, string>;
}

/** A whole installation of its own on this machine: PostgreSQL, api and worker processes as `npm start` runs them. */
export interface Installation {
  /** One address for each api process. */
  urls: string[];
  env: Record<string, string>;
  ownerUrl: string;
  postgres: EmbeddedPostgres;
  processes: readonly ChildProcess[];
  stop(): Promise<void>;
}

const BOOT_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 10_000;

export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { folder, apis = 1, workers = 1, settings } = options;
  mkdirSync(folder, { recursive: true });
  const postgres = await startPostgres({ dataDir: join(resolve(folder), 'postgres'), settings });
  const children: ChildProcess[] = [];
  const takeDown = async () => {
    await Promise.all(children.map(end));
    await postgres.stop();
  };
  const forget = onInterrupt(takeDown);
  const stop = async () => {
    await takeDown();
    forget();
  };
  try {
    const { ownerUrl, appUrl } = await provision(postgres.url);
    await applyMigrations({ ownerUrl, migrate });
    const env = environment(folder, appUrl, options.env);
    const urls: string[] = [];
    for (let i = 0; i < apis; i++) {
      const port = String(await freePort());
      urls.push(`http://127.0.0.1:${port}`);
      children.push(start('api', { ...env, PORT: port }, join(folder, `api-${i + 1}.log`)));
    }
    for (let i = 0; i < workers; i++)
      children.push(start('worker', env, join(folder, `worker-${i + 1}.log`)));
    await Promise.all(urls.map((url, i) => untilReady(url, children[i]!, join(folder, `api-${i + 1}.log`))));
    return { urls, env, ownerUrl, postgres, processes: children, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(
  folder: string,
  appUrl: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    ...(process.env as Record<string, string>),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATABASE_URL: appUrl,
    DATA_DIR: resolve(folder),
    JWT_SECRET: process.env.JWT_SECRET ?? 'a scratch installation, thrown away afterwards',
    QR_SECRET: process.env.QR_SECRET ?? 'a scratch installation, thrown away afterwards',
    LOG_LEVEL: 'warn',
    RATE_LIMITS: 'off',
    ...more,
  };
}

function start(name: 'api' | 'worker', env: Record<string, string>, logPath: string): ChildProcess {
  const log = openSync(logPath, 'w');
  // When this process dies, the channel closes and the child ends itself.
  const child = fork(resolve('dist/apps', name, 'src/main.js'), [], {
    env,
    stdio: ['ignore', log, log, 'ipc'],
  });
  child.on('error', () => undefined);
  closeSync(log);
  return child;
}

async function untilReady(url: string, child: ChildProcess, logPath: string): Promise<void> {
  for (const end = Date.now() + BOOT_PATIENCE_MS; Date.now() < end; await delay(50)) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (child.exitCode !== null || child.signalCode !== null) break;
  }
  throw new Error(
    `the api does not start: ${readFileSync(logPath, 'utf8').trim().split('\n').slice(-5).join('\n')}`,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await gone;
  clearTimeout(patience);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
