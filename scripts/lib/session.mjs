// What a launcher has started, and how it ends: Ctrl-C, a terminal that closes, `kill`, or the end of npm.
// Node built-ins only.
import { ENDING_SIGNALS } from './interrupt.mjs';
import { endRunning } from './processes.mjs';
import { say } from './say.mjs';

/** npm hands every Ctrl-C of the terminal on, so each arrives twice; only a later one means "hurry". */
const sameKeyPressMs = 1_000;
const npmWatchMs = 500;

/**
 * Everything registered with `onStop` is taken down in reverse order, once. No signal ends the process before that:
 * PostgreSQL runs in a session of its own and would live on. A second Ctrl-C only makes it quick (`onHurry`).
 */
export function beginSession() {
  const steps = [];
  const shortCuts = [];
  let since = 0;
  const session = {
    stopping: false,
    onStop: (step) => steps.push(step),
    onHurry: (shortCut) => shortCuts.push(shortCut),
    async takeDown() {
      while (steps.length) {
        try {
          await steps.pop()();
        } catch (error) {
          // The next step may be the one that stops PostgreSQL.
          say(`  ${error?.message ?? error}`);
        }
      }
    },
    async stop(why, code = 0) {
      if (session.stopping) {
        if (why === 'SIGINT' && Date.now() - since > sameKeyPressMs) hurry();
        return;
      }
      session.stopping = true;
      since = Date.now();
      say('\n  stopping …');
      endRunning({ forGood: true });
      await session.takeDown();
      say('  stopped');
      process.exit(code);
    },
  };
  const hurry = () => {
    since = Date.now();
    say('  stopping at once …');
    for (const shortCut of shortCuts) shortCut();
  };
  for (const name of ENDING_SIGNALS) process.on(name, () => session.stop(name));
  process.on('uncaughtException', (error) => {
    say(error?.stack ?? String(error));
    void session.stop('crash', 1);
  });
  watchNpm(() => session.stop('npm ended'));
  return session;
}

/** npm does not hand SIGHUP or SIGKILL on: without this we would run on where nobody sees us. */
function watchNpm(ended) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  setInterval(() => process.ppid !== parent && ended(), npmWatchMs).unref();
}
