// What happens when somebody ends us: Ctrl-C, `kill`, or a terminal that closes. Node built-ins only.

/** What a terminal, a service manager or npm sends to end a process. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const cleanUps = [];
let ending = false;

/**
 * Runs `cleanUp` when one of the signals comes, the latest first, then ends the process. Further signals change nothing:
 * in a terminal one Ctrl-C arrives twice, from the terminal itself and handed on by npm, and the default action of the
 * second would end us before what we started has stopped.
 * @returns {() => void} takes it back
 */
export function onInterrupt(cleanUp) {
  if (cleanUps.length === 0) for (const name of ENDING_SIGNALS) process.on(name, end);
  cleanUps.push(cleanUp);
  return () => {
    cleanUps.splice(cleanUps.indexOf(cleanUp), 1);
    if (cleanUps.length === 0) for (const name of ENDING_SIGNALS) process.off(name, end);
  };
}

async function end() {
  if (ending) return;
  ending = true;
  for (const cleanUp of cleanUps.toReversed()) {
    try {
      await cleanUp();
    } catch (error) {
      process.stderr.write(`${error?.message ?? error}\n`);
    }
  }
  process.exit(130);
}
