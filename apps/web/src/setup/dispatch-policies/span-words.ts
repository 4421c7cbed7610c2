import { clockTime, longDay } from '../../ui/format';
import { dayOf } from '../../ui/zone';

/** A whole day by its name; part of one, or several, by their times. */
export function spanInWords({ from, to }: { from: string; to: string }): string {
  const start = Date.parse(from);
  const end = Date.parse(to);
  const wholeDay = clockTime(start) === '00:00' && clockTime(end) === '00:00' && end - start < 26 * 3_600_000;
  if (wholeDay) return longDay(dayOf(start));
  return dayOf(start) === dayOf(end)
    ? `${longDay(dayOf(start))}, ${clockTime(start)}–${clockTime(end)}`
    : `${longDay(dayOf(start))} ${clockTime(start)} – ${longDay(dayOf(end))} ${clockTime(end)}`;
}
