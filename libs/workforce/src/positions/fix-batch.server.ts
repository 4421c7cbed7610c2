import { type FieldError, Invalid, isGeoPoint } from '#kernel';
import { INSTANT_RULE, isInstant } from '#platform';
import type { Fix } from './judge-fixes.js';

/** What a phone sends for one fix; `seq` counts up on the device. */
export interface SentFix extends Fix {
  seq: number;
  heading: number | null;
  speed: number | null;
}

export interface FixBatch {
  deviceId: string;
  fixes: SentFix[];
  /** What was sent and cannot be read; it spoils nothing else. */
  unreadable?: Quarantined[];
}

export const QUARANTINE_CODES = [
  'FUTURE_FIX',
  'TOO_OLD',
  'IMPOSSIBLE_JUMP',
  'NO_POSITION',
  'TOO_MANY',
  'UNREADABLE',
] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** Why a fix is never shown or matched. `UNREADABLE` and `TOO_MANY` are not even stored. */
export interface Quarantined {
  /** null: it had none that could be read. */
  seq: number | null;
  code: QuarantineCode;
  actual: number | null;
  limit: number | null;
  unit: 's' | 'days' | 'm/s' | 'fixes' | null;
  /** Of an unreadable one, by field. */
  errors?: FieldError[];
}

/** `acked`: the server is done with them, the phone may forget them; the quarantined ones are among them. */
export interface FixReceipt {
  acked: number[];
  quarantined: Quarantined[];
}

export const MAX_FIXES = 1_000;

/** Reads a batch by hand: a decorated class for each of a thousand fixes would cost more than storing them. */
export function readFixBatch(body: unknown): FixBatch {
  const { deviceId = 'phone', fixes, ...rest } = (body ?? {}) as Record<string, unknown>;
  const errors: FieldError[] = Object.keys(rest).map((field) => ({ field, message: 'is not known here' }));
  if (typeof deviceId !== 'string' || !/^[\w.:-]{1,80}$/.test(deviceId))
    errors.push({
      field: 'deviceId',
      message: 'must be 1 to 80 letters, digits, dots, colons or dashes',
      limit: 80,
    });
  if (!Array.isArray(fixes) || fixes.length === 0 || fixes.length > MAX_FIXES)
    errors.push({ field: 'fixes', message: `must be a list of 1 to ${MAX_FIXES} fixes`, limit: MAX_FIXES });
  if (errors.length > 0) throw new Invalid(errors);
  const batch = { deviceId: deviceId as string, fixes: [] as SentFix[], unreadable: [] as Quarantined[] };
  for (const [i, value] of (fixes as unknown[]).entries()) {
    const wrong: FieldError[] = [];
    const fix = readFix(value, `fixes[${i}]`, wrong);
    if (wrong.length === 0) batch.fixes.push(fix);
    else {
      errors.push(...wrong);
      batch.unreadable.push({ ...nothingOf(fix.seq), errors: wrong.slice(0, 5) });
    }
  }
  // A client that gets nothing right is told so as for any other bad request.
  if (batch.fixes.length === 0) throw new Invalid(errors.slice(0, 20));
  return batch;
}

const nothingOf = (seq: unknown): Quarantined => ({
  seq: isSeq(seq) ? seq : null,
  code: 'UNREADABLE',
  actual: null,
  limit: null,
  unit: null,
});

const isSeq = (seq: unknown): seq is number => Number.isSafeInteger(seq) && (seq as number) >= 0;

function readFix(value: unknown, at: string, errors: FieldError[]): SentFix {
  const { seq, lat, lon, accuracyMetres, heading, speed, fixAt, ...rest } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const wrong = (field: string, message: string, limit?: string) =>
    errors.push({ field: `${at}.${field}`, message, ...(limit ? { limit } : {}) });
  if (!isSeq(seq)) wrong('seq', 'must be a whole number from 0');
  if (!isGeoPoint({ lat, lon }))
    wrong(isGeoPoint({ lat, lon: 0 }) ? 'lon' : 'lat', 'is not a place on Earth', '-90..90, -180..180');
  // Outside of its range a number says that it is not known (iOS writes -1).
  const optional = (field: string, given: unknown, least: number, most: number): number | null => {
    if (given === undefined || given === null) return null;
    if (typeof given === 'number') return given >= least && given <= most ? given : null;
    wrong(field, `must be a number, ${least} to ${most}`, `${least}..${most}`);
    return null;
  };
  const ms = isInstant(fixAt) ? Date.parse(fixAt) : fixAt;
  if (typeof ms !== 'number' || !Number.isSafeInteger(ms) || ms < 0 || ms > 4_102_444_800_000)
    wrong('fixAt', `${INSTANT_RULE}, or epoch milliseconds`);
  for (const field of Object.keys(rest)) wrong(field, 'is not known here');
  return {
    seq: seq as number,
    lat: lat as number,
    lon: lon as number,
    accuracyMetres: optional('accuracyMetres', accuracyMetres, -1_000_000, 1_000_000),
    heading: optional('heading', heading, 0, 360),
    speed: optional('speed', speed, 0, 1_000),
    fixAt: ms as number,
  };
}
