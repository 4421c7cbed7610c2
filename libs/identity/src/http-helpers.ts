import type { Response } from 'express';
import { decodeCursor } from '#platform';

/** `ETag: "7"`, to be sent back as `If-Match`. */
export function sendVersion<T extends { version: number }>(response: Response, view: T): T {
  response.setHeader('ETag', `"${view.version}"`);
  return view;
}

/** The (time, id) keys of a cursor. @throws Invalid naming `cursor`. */
export const timeCursor = (cursor: string | undefined) =>
  cursor === undefined ? undefined : decodeCursor(cursor, 'time', 'id');

export const timeKeys = (row: { createdAt: Date; id: string }): [string, string] => [
  row.createdAt.toISOString(),
  row.id,
];
