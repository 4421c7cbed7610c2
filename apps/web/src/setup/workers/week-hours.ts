/** Hours of one weekday: 1 = Monday; minutes of the local day, an end past 1440 is on the next day. */
export interface WeekdayHours {
  weekday: number;
  startMinute: number;
  endMinute: number;
}

export const SLOT_MINUTES = 30;
export const SLOTS = 1_440 / SLOT_MINUTES;

/** 7 x 48 half hours: the week as a person paints it. */
export type Week = boolean[][];

const emptyWeek = (): Week => Array.from({ length: 7 }, () => Array<boolean>(SLOTS).fill(false));

/** Hours over midnight go on in the next row; Sunday's in Monday's. */
export function toWeek(hours: readonly WeekdayHours[]): Week {
  const week = emptyWeek();
  for (const { weekday, startMinute, endMinute } of hours)
    for (let minute = startMinute; minute < endMinute; minute += SLOT_MINUTES) {
      const day = (weekday - 1 + Math.floor(minute / 1_440)) % 7;
      week[day]![Math.floor((minute % 1_440) / SLOT_MINUTES)] = true;
    }
  return week;
}

/** Stretches of painted half hours. One that touches midnight joins the next day's when that begins with another. */
export function toHours(week: Week): WeekdayHours[] {
  const stretches: WeekdayHours[] = [];
  for (let day = 0; day < 7; day++) {
    let from: number | null = null;
    for (let slot = 0; slot <= SLOTS; slot++) {
      const on = slot < SLOTS && week[day]![slot]!;
      if (on && from === null) from = slot;
      if (!on && from !== null) {
        stretches.push({
          weekday: day + 1,
          startMinute: from * SLOT_MINUTES,
          endMinute: slot * SLOT_MINUTES,
        });
        from = null;
      }
    }
  }
  return joinOverMidnight(stretches);
}

function joinOverMidnight(stretches: WeekdayHours[]): WeekdayHours[] {
  const taken = new Set<WeekdayHours>();
  const joined: WeekdayHours[] = [];
  for (const one of stretches) {
    const next = stretches.find(
      (other) =>
        other !== one &&
        other.weekday === (one.weekday % 7) + 1 &&
        other.startMinute === 0 &&
        other.endMinute < 1_440,
    );
    // A night shift; a whole day and longer stays in days.
    if (one.endMinute === 1_440 && one.startMinute > 0 && next && !taken.has(next)) {
      taken.add(next);
      joined.push({ ...one, endMinute: 1_440 + next.endMinute });
    } else joined.push(one);
  }
  return joined.filter((one) => !taken.has(one));
}

export const clock = (minute: number): string =>
  `${String(Math.floor((minute % 1_440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
