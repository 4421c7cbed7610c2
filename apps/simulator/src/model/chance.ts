import type { Random } from '#kernel';

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

export const chance = (random: Random, probability: number): boolean => random() < probability;

/** @throws RangeError for an empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('nothing to pick from');
  return list[Math.floor(random() * list.length)]!;
}

/** One of `options`, as likely as its weight. */
export function pickWeighted<T>(random: Random, options: readonly { value: T; weight: number }[]): T {
  const total = options.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const { value, weight } of options) {
    left -= weight;
    if (left < 0) return value;
  }
  return options.at(-1)!.value;
}

/** Standard normal, by the polar method of Marsaglia (1964). */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Log-normal around `median`: human times are never negative and now and then very long. */
export const around = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(random));

/** Waiting time to the next event of a Poisson process with `perHour` events, in milliseconds. */
export const exponentialMs = (random: Random, perHour: number): number =>
  perHour <= 0 ? Number.POSITIVE_INFINITY : (-Math.log(1 - random()) / perHour) * 3_600_000;

/** A seed for one of many independent streams of one run. */
export function seedOf(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}
