import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerminal, type Terminal } from './support/terminal.js';

interface Run {
  child: ChildProcess;
  text(): string;
  /** Resolves to the exit code. */
  end: Promise<number | null>;
}

const environment = (dataDir: string, settings: Record<string, string> = {}) => {
  const inherited = { ...process.env } as Record<string, string>;
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'NODE_ENV']) delete inherited[name];
  return { ...inherited, DATA_DIR: dataDir, DEMO: 'off', PORT: '0', ...settings };
};

/** A launcher without npm or a terminal, on a data folder of its own. */
function launch(dataDir: string, settings: Record<string, string>, script = 'start'): Run {
  const child = spawn(process.execPath, [`scripts/${script}.mjs`], {
    env: environment(dataDir, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, text: () => text, end: new Promise((resolve) => child.once('close', resolve)) };
}

const said = (run: Run, pattern: RegExp) =>
  new Promise<RegExpMatchArray>((resolve, reject) => {
    const look = () => {
      const found = run.text().match(pattern);
      if (found) resolve(found);
    };
    run.child.stdout?.on('data', look);
    run.child.once('close', () => reject(new Error(`ended without saying ${pattern}:\n${run.text()}`)));
    look();
  });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The processes of a running launcher, PostgreSQL among them. */
function processesOf(dataDir: string): Record<string, number> {
  const { children } = JSON.parse(readFileSync(join(dataDir, 'launcher.json'), 'utf8'));
  const postgres = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  return { ...children, postgres };
}

const listening = (port: number) =>
  new Promise<Server>((resolve) => {
    const server: Server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

const isReady = async (url: string) =>
  (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ?? false;

async function eventually(question: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await question())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** As a person types it: npm, which starts the launcher, in a terminal. */
const typed = (dataDir: string, ...args: string[]): Terminal =>
  openTerminal('npm', args, environment(dataDir));

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'doorstep-launcher-'));
  // As an earlier version left them.
  chmodSync(dataDir, 0o755);
  for (const name of ['files', 'logs']) mkdirSync(join(dataDir, name), { mode: 0o755 });
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('npm start', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not "65536"'],
    [
      { DATABASE_URL: 'mysql://localhost/x' },
      'DATABASE_URL must start with postgres:// or postgresql://, not mysql://',
    ],
    [{ REDIS_URL: 'localhost' }, 'REDIS_URL is not a URL; it should look like redis://…'],
    [{ REDIS_URL: 'redis://127.0.0.1:1' }, 'REDIS_URL: nothing answers at 127.0.0.1:1'],
    [{ DATABASE_URL: 'postgres://me@127.0.0.1:1/x' }, 'DATABASE_URL: nothing answers at 127.0.0.1:1'],
  ])('answers the broken setting %j with one line', async (settings, line) => {
    const run = launch(dataDir, settings as Record<string, string>);
    expect(await run.end).toBe(1);
    expect(run.text().trim().split('\n').at(-1)).toBe(`doorstep: ${line}`);
    expect(run.text()).not.toMatch(/^\s+at /m);
  });

  it.each([
    [{ MAP_STYLE_URL: 'not a URL' }, 'MAP_STYLE_URL must be a URL address'],
    [
      { LOG_LEVEL: 'loud', TRUST_PROXY: 'banana', DEMO: 'on' },
      'TRUST_PROXY must be none, or loopback, linklocal, uniquelocal or addresses with commas between; ' +
        'LOG_LEVEL must be one of the following values: fatal, error, warn, info, debug, trace, silent',
    ],
  ])('starts nothing over the setting %j, which only the processes can judge', async (settings, line) => {
    const fresh = mkdtempSync(join(tmpdir(), 'doorstep-launcher-'));
    const run = launch(fresh, settings as Record<string, string>);
    expect(await run.end).toBe(1);
    expect(run.text().trim().split('\n').at(-1)).toBe(`doorstep: ${line}`);
    expect(run.text()).not.toMatch(/migrat|starting|^\s+at /m);
    expect(existsSync(join(fresh, 'postgres'))).toBe(false);
    rmSync(fresh, { recursive: true, force: true });
  });

  it('answers a port in use with one line', async () => {
    const server = await listening(0);
    const { port } = server.address() as { port: number };
    const run = launch(dataDir, { PORT: String(port) });
    expect(await run.end).toBe(1);
    expect(run.text()).toContain(
      `doorstep: port ${port} is in use by another program; set PORT to a free one`,
    );
    server.close();
  });

  it('brings processes that were killed back, refuses a twin, and leaves nothing behind after Ctrl-C', async () => {
    const run = launch(dataDir, {});
    const [, url = ''] = await said(run, /^ready (http:\/\/127\.0\.0\.1:\d+)$/m);
    // Without the demo the API's description is not served, so nobody is sent there.
    expect(run.text()).not.toContain('/api/docs');
    expect(await isReady(url)).toBe(true);

    // Database, files, secrets and logs are nobody else's; root's own folder may be passed through, not read.
    const isOpen = (path: string, bits = 0o077) => (statSync(path).mode & bits) !== 0;
    expect(readdirSync(dataDir).filter((name) => isOpen(join(dataDir, name)))).toEqual([]);
    expect(readdirSync(join(dataDir, 'logs')).filter((name) => isOpen(join(dataDir, 'logs', name)))).toEqual(
      [],
    );
    expect(isOpen(dataDir, 0o066)).toBe(false);

    const twin = launch(dataDir, {});
    expect(await twin.end).toBe(1);
    expect(twin.text()).toContain(`already running here as process ${run.child.pid} at ${url}`);

    const before = processesOf(dataDir);
    for (const pid of Object.values(before)) process.kill(pid, 'SIGKILL');
    await said(run, /worker ended \(SIGKILL\)/);
    await said(run, /PostgreSQL ended; starting it again/);
    await eventually(() => isReady(url));

    const after = processesOf(dataDir);
    run.child.kill('SIGINT');
    expect(await run.end).toBe(0);
    await eventually(() => !Object.values({ ...before, ...after }).some(isAlive));
  });

  it('starts again after it was itself killed', async () => {
    const first = launch(dataDir, {});
    const [, url = ''] = await said(first, /^ready (.*)$/m);
    const orphans = processesOf(dataDir);
    first.child.kill('SIGKILL');
    await first.end;

    const second = launch(dataDir, { PORT: new URL(url).port });
    await said(second, /^ready /m);
    expect(second.text()).toContain('PostgreSQL was running');
    expect([orphans.api, orphans.worker].map((pid) => isAlive(pid!))).toEqual([false, false]);
    second.child.kill('SIGTERM');
    expect(await second.end).toBe(0);
    // It was nobody's child any more, so it is gone once the system has collected it.
    await eventually(() => !isAlive(orphans.postgres!));
  });
});

describe('in a terminal', () => {
  /** Everything that runs there: npm, the launcher, what it started, PostgreSQL. */
  const started = async (terminal: Terminal): Promise<Record<string, number>> => {
    await terminal.said(/^ready http/m);
    const { launcher } = JSON.parse(readFileSync(join(dataDir, 'launcher.json'), 'utf8'));
    return { ...processesOf(dataDir), launcher: launcher as number, npm: terminal.pid };
  };
  const nothingIsLeft = (processes: Record<string, number>) =>
    eventually(() => !Object.values(processes).some(isAlive));

  it('one Ctrl-C stops all of `npm start`, PostgreSQL last', async () => {
    const terminal = typed(dataDir, 'start');
    const processes = await started(terminal);
    terminal.ctrlC();
    await terminal.said(/^ {2}stopped\r?$/m);
    await terminal.end;
    await nothingIsLeft(processes);
  });

  it('a second Ctrl-C makes it quick, and still leaves nothing behind', async () => {
    const terminal = typed(dataDir, 'start');
    const processes = await started(terminal);
    // A process that cannot answer: stopping would wait for it.
    process.kill(processes.api!, 'SIGSTOP');
    terminal.ctrlC();
    await terminal.said(/stopping …/);
    const again = setInterval(() => terminal.ctrlC(), 200);
    await terminal.said(/stopping at once …/);
    clearInterval(again);
    await terminal.said(/^ {2}stopped\r?$/m);
    await terminal.end;
    await nothingIsLeft(processes);
  });

  it.each<[string, (terminal: Terminal) => void]>([
    ['the window is closed', (terminal) => terminal.close()],
    ['npm alone is killed', ({ pid }) => process.kill(pid, 'SIGKILL')],
    ['npm alone is asked to end', ({ pid }) => process.kill(pid, 'SIGTERM')],
  ])('nothing runs on when %s', async (_, end) => {
    const terminal = typed(dataDir, 'start');
    const processes = await started(terminal);
    end(terminal);
    await nothingIsLeft(processes);
  });

  it('`npm run dev` starts what runs a saved file anew, and one Ctrl-C stops it all', async () => {
    const terminal = typed(dataDir, 'run', 'dev');
    const before = await started(terminal);
    const [, url = ''] = await terminal.said(/^ready (http\S+)/m);
    const file = 'apps/api/src/main.ts';
    const { atime, mtime } = statSync(file);
    utimesSync(file, atime, mtime);
    await terminal.said(/^ {2}api: live after \d+ ms/m);
    const after = processesOf(dataDir);
    expect(await isReady(url)).toBe(true);
    expect(after.api).not.toBe(before.api);
    expect({ ...before, ...after, api: before.api }).toEqual(before);

    terminal.ctrlC();
    await terminal.said(/^ {2}stopped\r?$/m);
    await nothingIsLeft({ ...before, ...after });
  });
});
