import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const INSTANT =
  /^(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

export const INSTANT_RULE = 'must be a time with its zone, such as 2026-03-02T08:00:00Z';

/** RFC 3339 with an offset, in this century; a time without a zone would be read differently on every machine. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = INSTANT.exec(value);
  if (!match) return false;
  // 31 February and its like roll over when read.
  return (
    new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))).getUTCDate() ===
    Number(match[3])
  );
}

const instantRule = (validate: (value: unknown) => boolean) =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate, defaultMessage: (args) => `${args?.property ?? 'time'} ${INSTANT_RULE}` },
  });

/** A time as it was written. */
export const IsInstant = () => instantRule(isInstant);

/** The same, read into a `Date`. */
export const InstantDate = () =>
  applyDecorators(
    Transform(({ value }) => (isInstant(value) ? new Date(value) : value)),
    instantRule((value) => value instanceof Date),
  );
