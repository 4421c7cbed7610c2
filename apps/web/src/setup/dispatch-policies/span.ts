import { dayOf, fromLocalInput } from '../../ui/zone';

const HALF_DAY_MS = 43_200_000;

const noon = (date: string): number => fromLocalInput(`${date}T12:00`);

/** YYYY-MM-DD of the day before, in the city's zone. */
export const dayBefore = (date: string): string => dayOf(noon(date) - 2 * HALF_DAY_MS);

/** From midnight to midnight in the city, or to now where the day is not over; null when it is no day. */
export function spanOf(date: string, now: number): { from: string; to: string } | null {
  const start = fromLocalInput(`${date}T00:00`);
  if (Number.isNaN(start)) return null;
  const end = fromLocalInput(`${dayOf(noon(date) + 2 * HALF_DAY_MS)}T00:00`);
  return { from: new Date(start).toISOString(), to: new Date(Math.min(end, now)).toISOString() };
}
