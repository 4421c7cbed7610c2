import { Worker } from 'node:worker_threads';

export interface HealthReport {
  asked: number;
  /** The longest that an answer took, and that of an idle server asked at the same moments. */
  worstMs: number;
  idleWorstMs: number;
  failed: number;
}

const EVERY_MS = 50;

/** Runs in a thread of its own, so that what the test does between does not count as the server being late. */
const ASKER = `
  const { parentPort, workerData: { urls, idle, everyMs } } = require('node:worker_threads');
  const { Agent, get } = require('node:http');
  const agent = new Agent({ keepAlive: true });
  const ask = (url) => new Promise((resolve) => {
    const begun = performance.now();
    const request = get(url, { agent, timeout: 60_000 }, (response) => {
      response.resume();
      response.on('end', () => resolve({ ms: performance.now() - begun, ok: response.statusCode === 200 }));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve({ ms: performance.now() - begun, ok: false }));
  });
  const nothing = () => ({ asked: 0, worstMs: 0, idleWorstMs: 0, failed: 0 });
  let report = nothing();
  let turn = 0;
  const open = new Set();
  setInterval(() => {
    const url = urls[turn++ % urls.length];
    const asking = Promise.all([ask(url), ask(idle)]).then(([health, reference]) => {
      report.worstMs = Math.max(report.worstMs, health.ms);
      report.idleWorstMs = Math.max(report.idleWorstMs, reference.ms);
      report.asked += 1;
      if (!health.ok) report.failed += 1;
      open.delete(asking);
    });
    open.add(asking);
  }, everyMs);
  parentPort.on('message', async () => {
    await Promise.all(open);
    parentPort.postMessage(report);
    report = nothing();
  });
`;

const IDLE = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:http').createServer((request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Asks after a server's health twenty times a second, and beside it an idle server: what both are late is the machine. */
export class HealthWatch {
  private constructor(
    private readonly asker: Worker,
    private readonly idle: Worker,
  ) {}

  static async start(url: string): Promise<HealthWatch> {
    const idle = new Worker(IDLE, { eval: true });
    const port = await new Promise<number>((resolve) => idle.once('message', resolve));
    const urls = [`${url}/health/live`, `${url}/health/ready`];
    const workerData = { urls, idle: `http://127.0.0.1:${port}/`, everyMs: EVERY_MS };
    return new HealthWatch(new Worker(ASKER, { eval: true, workerData }), idle);
  }

  /** What was seen since the last lap. */
  lap(): Promise<HealthReport> {
    const report = new Promise<HealthReport>((resolve) => this.asker.once('message', resolve));
    this.asker.postMessage('lap');
    return report;
  }

  async stop(): Promise<void> {
    await Promise.all([this.asker.terminate(), this.idle.terminate()]);
  }
}
