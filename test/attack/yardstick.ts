import { readFileSync } from 'node:fs';

/** What `work` takes of a processor on a quiet machine of the kind that the limits were written for. */
const QUIET_MS = 20;

/** A bit of everything that handling a request is made of. */
function work(): number {
  const list = Array.from({ length: 6_000 }, (_, n) => ({
    id: `${n}-abc`,
    name: `name ${n}`,
    at: [n, n / 3],
  }));
  const text = JSON.stringify(JSON.parse(JSON.stringify(list)));
  return text.replaceAll(/\d+/g, (digits) => `${digits.length}`).length;
}

function processorMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  }
}

/**
 * How many times slower this machine computes now than a quiet one, at least 1: processors that share a core or are
 * throttled take longer for the same work, and so does whatever is measured beside.
 */
export function slowness(): number {
  work();
  const times = Array.from({ length: 5 }, () => {
    const begun = processorMs();
    work();
    return processorMs() - begun;
  }).sort((a, b) => a - b);
  return Math.max(1, times[2]! / QUIET_MS);
}
