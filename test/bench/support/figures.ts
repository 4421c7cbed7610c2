/** The nearest-rank percentile of unsorted values; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const whole = (value: number): number => Math.round(value);

/** `{ p50, p99 }` in whole milliseconds. */
export const latencies = (ms: readonly number[]) => ({
  p50: whole(percentile(ms, 0.5)),
  p99: whole(percentile(ms, 0.99)),
});

/** Runs `work` for every item, `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) await work(items[i]!, i);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}

/** Starts `work` `perSecond` times a second, `times` in all, whether or not the ones before have ended. */
export async function atRate(
  perSecond: number,
  times: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let i = 0; i < times; ) {
    const due = Math.min(times, 1 + Math.floor(((performance.now() - began) / 1_000) * perSecond));
    for (; i < due; i++) running.push(work(i));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(running);
}

/** Resolves true once `probe` holds, false after `withinMs`. */
export async function until(probe: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; ) {
    if (await probe()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return probe();
}

export const say = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};
