import { Invalid } from '#kernel';

export const toDate = (value: string | null | undefined): Date | null => (value ? new Date(value) : null);

/** @throws Invalid naming `field` when the start is not before the end. */
export function checkSpan(start: Date | null, end: Date | null, fields: [string, string]): void {
  if (start && end && start >= end)
    throw Invalid.field(fields[1], `must be after ${fields[0]}`, undefined, {
      code: 'NOT_AFTER',
      values: { other: fields[0] },
    });
}
