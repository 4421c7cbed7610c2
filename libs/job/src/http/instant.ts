import { ValidateBy, type ValidationOptions } from 'class-validator';
import { Invalid } from '#kernel';

const INSTANT =
  /^(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

const isInstant = (value: unknown): value is string => {
  if (typeof value !== 'string') return false;
  const match = INSTANT.exec(value);
  if (!match) return false;
  // 31 February and its like roll over when read.
  return (
    new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))).getUTCDate() ===
    Number(match[3])
  );
};

const MESSAGE = 'must be a time with its zone, such as 2026-03-02T08:00:00Z';

/** RFC 3339 with an offset, in this century; a time without a zone would be read differently on every machine. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: { validate: isInstant, defaultMessage: (args) => `${args?.property ?? 'time'} ${MESSAGE}` },
    },
    options,
  );

export const toDate = (value: string | null | undefined): Date | null => (value ? new Date(value) : null);

/** @throws Invalid naming `field` when the start is not before the end. */
export function checkSpan(start: Date | null, end: Date | null, fields: [string, string]): void {
  if (start && end && start >= end) throw Invalid.field(fields[1], `must be after ${fields[0]}`);
}

/** What a phone says, unless its clock runs ahead. */
export const notAfter = (now: Date, said: Date): Date => new Date(Math.min(now.getTime(), said.getTime()));
