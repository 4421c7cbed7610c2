import { setImmediate } from 'node:timers/promises';

const SLICE_MS = 10;

/** Does `work` for one item after another, and lets others have their turn whenever a slice of time is used up. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T, at: number) => void): Promise<void> {
  let began = performance.now();
  let at = 0;
  for (const item of items) {
    work(item, at++);
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
