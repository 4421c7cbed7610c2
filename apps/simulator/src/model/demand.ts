import type { Random } from '#kernel';
import { exponentialMs } from './chance.js';

/** Share of the day's requests and when they come: people find the leak in the morning and come home in the evening. */
const PEAKS = [
  { hour: 9.2, spreadHours: 1.9, share: 0.4 },
  { hour: 17.4, spreadHours: 2.2, share: 0.42 },
];
const ALWAYS = 0.18;

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

/** How many requests come in `hours` of a Poisson process of `perHour`; at most `most`. */
export function requestsIn(options: {
  hours: number;
  perHour: number;
  most: number;
  random: Random;
}): number {
  const { hours, perHour, most, random } = options;
  let count = 0;
  for (let left = hours * 3_600_000; count < most; count++) {
    left -= exponentialMs(random, perHour);
    if (left < 0) break;
  }
  return count;
}

/** Of the time of the people on duty, how much the requests of a mean hour take: enough to do, and room for a storm. */
const UTILISATION = 0.55;
/** From the offer to the door, seconds, besides the work itself. */
const WAY_SECONDS = 420;

/** How many requests an hour `onDuty` people can answer in good time, when a visit takes `workSeconds` on average. */
export const requestsFor = (onDuty: number, workSeconds: number): number =>
  (onDuty * UTILISATION * 3_600) / (workSeconds + WAY_SECONDS);

/** Visits are promised between these local hours; `NIGHT_HOURS` later the night's are spread over the next day. */
const [FIRST_HOUR, LAST_HOUR] = [7.5, 21];
const NIGHT_HOURS = 24 - LAST_HOUR + FIRST_HOUR;

/** The time itself, or by night one of the next day. */
export function atDaytime(at: number, hourOf: (at: number) => number): number {
  const hour = hourOf(at);
  return hour >= FIRST_HOUR && hour < LAST_HOUR ? at : at + NIGHT_HOURS * 3_600_000;
}

/** YYYY-MM-DD in `timeZone`. */
export function localDate(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at) => format.format(at);
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
