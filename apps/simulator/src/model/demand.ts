import type { Random } from '#kernel';
import { exponentialMs } from './chance.js';

/** Share of the day's requests and when they come: people find the leak in the morning and come home in the evening. */
const PEAKS = [
  { hour: 8.5, spreadHours: 1.3, share: 0.36 },
  { hour: 18.2, spreadHours: 1.7, share: 0.4 },
];
const ALWAYS = 0.24;

const bell = (x: number, spread: number) =>
  Math.exp(-0.5 * (x / spread) ** 2) / (spread * Math.sqrt(2 * Math.PI));

/** How busy `hour` (0 to 24, local) is compared with the mean of the day, which is 1. */
export function demandAt(hour: number): number {
  const peaks = PEAKS.reduce((sum, { hour: peak, spreadHours, share }) => {
    const distance = Math.abs(hour - peak);
    return sum + share * 24 * bell(Math.min(distance, 24 - distance), spreadHours);
  }, 0);
  return ALWAYS + peaks;
}

/** Never less than the true rate, for thinning. */
const HIGHEST = 3.5;

/**
 * When the next request comes in after `now` (epoch milliseconds), for a mean of `jobsPerHour` over the day: a Poisson
 * process whose rate follows the hour, by thinning (Lewis and Shedler 1979).
 */
export function nextRequestAt(options: {
  now: number;
  jobsPerHour: number;
  hourOf: (at: number) => number;
  random: Random;
}): number {
  const { jobsPerHour, hourOf, random } = options;
  if (!(jobsPerHour > 0)) return Number.POSITIVE_INFINITY;
  let at = options.now;
  for (;;) {
    at += exponentialMs(random, jobsPerHour * HIGHEST);
    if (random() * HIGHEST < demandAt(hourOf(at))) return at;
  }
}

/** Visits are promised between these local hours; `NIGHT_HOURS` later the night's are spread over the next day. */
const [FIRST_HOUR, LAST_HOUR] = [7.5, 21];
const NIGHT_HOURS = 24 - LAST_HOUR + FIRST_HOUR;

/** The time itself, or by night one of the next day. */
export function atDaytime(at: number, hourOf: (at: number) => number): number {
  const hour = hourOf(at);
  return hour >= FIRST_HOUR && hour < LAST_HOUR ? at : at + NIGHT_HOURS * 3_600_000;
}

/** Local hour of the day, with fraction, in `timeZone`. */
export function localHour(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [hour = 0, minute = 0] = format.format(at).split(':').map(Number);
    return hour + minute / 60;
  };
}
