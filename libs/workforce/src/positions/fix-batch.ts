import { type FieldError, Invalid, isGeoPoint } from '#kernel';
import { INSTANT_RULE, isInstant } from '#platform';
import type { Fix } from '../rules/judge-fixes.js';

/** What a phone sends for one fix; `seq` counts up on the device. */
export interface SentFix extends Fix {
  seq: number;
  heading: number | null;
  speed: number | null;
}

export interface FixBatch {
  deviceId: string;
  fixes: SentFix[];
}

/** Why a fix is kept but never shown or matched. */
export interface Quarantined {
  seq: number;
  code: 'FUTURE_FIX' | 'TOO_OLD' | 'IMPOSSIBLE_JUMP';
  actual: number;
  limit: number;
  unit: 's' | 'days' | 'm/s';
}

/** `acked`: stored (or known already), the phone may forget them; the quarantined ones are among them. */
export interface FixReceipt {
  acked: number[];
  quarantined: Quarantined[];
}

export const MOST_FIXES = 1_000;

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
  if (!Array.isArray(fixes) || fixes.length === 0 || fixes.length > MOST_FIXES)
    errors.push({ field: 'fixes', message: `must be a list of 1 to ${MOST_FIXES} fixes`, limit: MOST_FIXES });
  if (errors.length > 0) throw new Invalid(errors);
  const read = (fixes as unknown[]).map((fix, i) => readFix(fix, `fixes[${i}]`, errors));
  if (errors.length > 0) throw new Invalid(errors.slice(0, 20));
  return { deviceId: deviceId as string, fixes: read };
}

function readFix(value: unknown, at: string, errors: FieldError[]): SentFix {
  const { seq, lat, lon, accuracyMetres, heading, speed, fixAt, ...rest } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const wrong = (field: string, message: string, limit?: string) =>
    errors.push({ field: `${at}.${field}`, message, ...(limit ? { limit } : {}) });
  if (!Number.isSafeInteger(seq) || (seq as number) < 0) wrong('seq', 'must be a whole number from 0');
  if (!isGeoPoint({ lat, lon }))
    wrong(isGeoPoint({ lat, lon: 0 }) ? 'lon' : 'lat', 'is not a place on Earth', '-90..90, -180..180');
  const optional = (field: string, given: unknown, most: number): number | null => {
    if (given === undefined || given === null) return null;
    if (typeof given === 'number' && given >= 0 && given <= most) return given;
    wrong(field, `must be 0 to ${most}`, `0..${most}`);
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
    accuracyMetres: optional('accuracyMetres', accuracyMetres, 1_000_000),
    heading: optional('heading', heading, 360),
    speed: optional('speed', speed, 1_000),
    fixAt: ms as number,
  };
}
