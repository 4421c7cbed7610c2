// Loaded into the api before anything else (`node --import`): says how much processor time the main thread spends in
// its longest turn of the event loop. Processor time, not time on the wall: a turn during which the machine did other
// things counts as what it cost, so that a busy machine does not make it longer. From /proc, so on Linux only; elsewhere
// the time of all threads stands in, which is never less.
import { openSync, readSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';

const TICK_MS = 2;
const port = Number(process.env.PROBE_PORT ?? 0);

/** Milliseconds of processor time of the main thread so far. */
function clock() {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const text = Buffer.alloc(96);
    return () => Number(text.toString('latin1', 0, readSync(file, text, 0, 96, 0)).split(' ', 1)[0]) / 1e6;
  } catch {
    return () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    };
  }
}

if (isMainThread && port > 0) {
  const longest = new Float64Array(new SharedArrayBuffer(8));
  const spent = clock();
  let last = spent();
  setInterval(() => {
    const now = spent();
    longest[0] = Math.max(longest[0], now - last);
    last = now;
  }, TICK_MS).unref();
  // Answered by a thread of its own, which a busy main thread cannot keep waiting.
  const answerer = new Worker(
    `const { createServer } = require('node:http');
     const { workerData: { longest, port } } = require('node:worker_threads');
     let most = 0;
     const look = () => {
       most = Math.max(most, process.memoryUsage.rss());
     };
     setInterval(look, 20);
     createServer((request, response) => {
       look();
       response.end(JSON.stringify({ longestTurnMs: longest[0], mostResidentBytes: most }));
       if (request.method === 'POST') longest[0] = most = 0;
     }).listen(port, '127.0.0.1');`,
    { eval: true, workerData: { longest, port }, execArgv: [] },
  );
  answerer.unref();
}
