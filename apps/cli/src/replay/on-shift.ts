import { Temporal } from 'temporal-polyfill';

/** The minute of the local day, 0 to 1439, at an instant; offsets change on the hour, so each hour is worked out once. */
export function minuteOfDay(timeZone: string): (at: number) => number {
  const hours = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / 3_600_000);
    let minute = hours.get(hour);
    if (minute === undefined) {
      const local = Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000).toZonedDateTimeISO(timeZone);
      minute = local.hour * 60 + local.minute;
      if (hours.size > 10_000) hours.clear();
      hours.set(hour, minute);
    }
    return (minute + Math.floor((at % 3_600_000) / 60_000)) % 1_440;
  };
}

/** Whether daily hours hold at a minute of the day; `endMinute` past 1440 is on the next day. */
export const isWithin = (
  { startMinute, endMinute }: { startMinute: number; endMinute: number },
  minute: number,
): boolean => (startMinute <= minute && minute < endMinute) || minute + 1_440 < endMinute;
