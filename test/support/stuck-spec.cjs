// A loop without end blocks its process, so that no time-out of a test can fire: the run would wait for it for ever.
// A thread of its own sees that, names the spec and ends the process; Jest then reports the spec as failed.
const { Worker } = require('node:worker_threads');

/** Longer than any test may take (`testTimeout`), so that only what blocks is meant. */
const PATIENCE_MS = 300_000;

const watch = `
  const { workerData: { turns, spec, pid, patienceMs } } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  let seen = -1;
  setInterval(() => {
    const now = Atomics.load(turns, 0);
    if (now === seen) {
      writeSync(2, spec + ' has blocked its process for ' + patienceMs / 1000 + ' s: a loop without end?\\n');
      process.kill(pid, 'SIGKILL');
    }
    seen = now;
  }, patienceMs);
`;

/** Watches the process while it runs `spec`; the answer ends that. Timers are taken before a test can replace them. */
module.exports = function watchForStuck(spec, patienceMs = PATIENCE_MS) {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => Atomics.add(turns, 0, 1), patienceMs / 10);
  const thread = new Worker(watch, {
    eval: true,
    workerData: { turns, spec, pid: process.pid, patienceMs },
  });
  thread.unref();
  timer.unref();
  const stop = clearInterval;
  return async () => {
    stop(timer);
    await thread.terminate();
  };
};
