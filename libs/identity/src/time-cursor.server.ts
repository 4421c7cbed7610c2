import { decodeCursor } from '#platform';

/** The (time, id) keys of a cursor. @throws Invalid naming `cursor`. */
export const timeCursor = (cursor: string | undefined) =>
  cursor === undefined ? undefined : decodeCursor(cursor, 'time', 'id');

export const timeKeys = (row: { createdAt: Date; id: string }): [string, string] => [
  row.createdAt.toISOString(),
  row.id,
];
