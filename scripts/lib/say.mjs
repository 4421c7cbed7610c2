// What the scripts tell the person at the terminal. Node built-ins only: runs before node_modules exists.

/** An expected failure: the person gets its message as one line, never a stack trace. */
export class Stop extends Error {}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

let output = process.stdout;

// A terminal that was closed, or a pipe whose reader is gone, must not end us before what we started has stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** For commands whose stdout is their result: progress goes to stderr from now on. */
export function keepStdoutClean() {
  output = process.stderr;
}

/** One calm line of progress. */
export function say(line) {
  output.write(`${line}\n`);
}

/**
 * Runs `work` under a label: a line when it takes longer than a moment, a sign of life every five seconds,
 * and a line with the time it took. Nothing is printed when `work` finishes at once.
 */
export async function progress(label, work) {
  const began = Date.now();
  let announced = false;
  const announce = () => {
    say(announced ? `  ${label} … ${seconds(began)}` : `  ${label} …`);
    announced = true;
    timer = setTimeout(announce, 5_000);
  };
  let timer = setTimeout(announce, 300);
  try {
    const result = await work();
    if (announced) say(`  ${label}: done in ${seconds(began)}`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a script's main function; a `Stop` becomes one line on stderr and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(
      error instanceof Stop ? `doorstep: ${error.message}\n` : `${error?.stack ?? error}\n`,
    );
    process.exit(1);
  }
}
