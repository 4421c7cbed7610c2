/** The unit in which people say a number; `number`: none. */
export type HumanUnit = 'metres' | 'seconds' | 'minutes' | 'hours' | 'days' | 'kmh' | 'number';

/** How many of the API's own unit (seconds, metres, metres a second) make one. */
const SIZE: Record<HumanUnit, number> = {
  metres: 1,
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  kmh: 1 / 3.6,
  number: 1,
};

/** Chosen by the name of the field and the size it usually has, so that it does not change while somebody types. */
export function humanUnit(field: string, usual: number | null): HumanUnit {
  if (field.endsWith('MetresPerSecond')) return 'kmh';
  if (field.endsWith('Metres')) return 'metres';
  if (field.endsWith('Days')) return 'days';
  if (!field.endsWith('Seconds')) return 'number';
  if (usual === 0 || usual === null) return 'minutes';
  if (usual >= SIZE.days) return 'days';
  if (usual >= 2 * SIZE.hours) return 'hours';
  return usual >= 2 * SIZE.minutes ? 'minutes' : 'seconds';
}

const isDays = (field: string) => field.endsWith('Days');
const sizeOf = (field: string, unit: HumanUnit): number => (isDays(field) ? 1 : SIZE[unit]);

/** What stands in the field: at most six decimals, so that 6.9 m/s is 24.84 km/h. */
export const toHuman = (field: string, unit: HumanUnit, value: number): number =>
  rounded(value / sizeOf(field, unit));

/** What is sent. Seconds become whole again (1.1 minutes are 66 s); the rest keeps six decimals. */
export function fromHuman(field: string, unit: HumanUnit, shown: number): number {
  const value = shown * sizeOf(field, unit);
  return field.endsWith('Seconds') && unit !== 'seconds' ? Math.round(value) : rounded(value);
}

/** A limit that the server states in its own unit ("5..3600"), in the unit of the page ("0.083333..60"). */
export const limitInUnit = (field: string, unit: HumanUnit, limit: string): string =>
  limit.replace(/-?\d+(\.\d+)?/g, (number) => String(toHuman(field, unit, Number(number))));

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
