import type { Response } from 'express';
import { Invalid, isId } from '#kernel';
import { decodeCursor } from '#platform';

/** `ETag: "7"`, to be sent back as `If-Match`. */
export function sendVersion<T extends { version: number }>(response: Response, view: T): T {
  response.setHeader('ETag', `"${view.version}"`);
  return view;
}

/** The (time, id) keys of a cursor. @throws Invalid naming `cursor`. */
export function timeCursor(cursor: string | undefined): [string, string] | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !isId(id))
    throw Invalid.field('cursor', 'is not a cursor of this list');
  return [at, id];
}

export const timeKeys = (row: { createdAt: Date; id: string }): [string, string] => [
  row.createdAt.toISOString(),
  row.id,
];
