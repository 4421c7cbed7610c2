import { daysAfter, startOfDay } from '../../ui/zone';

/** From midnight to midnight in the city, or to now where the day is not over; null when it is no day. */
export function spanOf(date: string, now: number): { from: string; to: string } | null {
  const start = startOfDay(date);
  if (Number.isNaN(start)) return null;
  const end = startOfDay(daysAfter(date, 1));
  return { from: new Date(start).toISOString(), to: new Date(Math.min(end, now)).toISOString() };
}
