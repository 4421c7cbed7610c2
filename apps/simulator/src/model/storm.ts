import { seededRandom } from '#kernel';
import { between, chance, seedOf } from './chance.js';

/** On how many days it storms at all. */
const SHARE_OF_DAYS = 0.4;
/** How much more is asked for while it does. */
const FACTOR = 2;

/** Hours of the local day during which everybody finds their cellar wet, or null on a calm day. At most one a day. */
export function stormOn(seed: number, localDate: string): { fromHour: number; toHour: number } | null {
  const random = seededRandom(seedOf(seed, `storm ${localDate}`));
  if (!chance(random, SHARE_OF_DAYS)) return null;
  const fromHour = between(random, 9, 18);
  return { fromHour, toHour: fromHour + between(random, 0.5, 1) };
}

/** How much more than usual is asked for at `hour` of the day `localDate`. */
export function stormFactor(seed: number, localDate: string, hour: number): number {
  const storm = stormOn(seed, localDate);
  return storm && hour >= storm.fromHour && hour < storm.toHour ? FACTOR : 1;
}
