import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Invalid, isId } from '#kernel';
import { isStorable } from './plain-body.js';

/** `?limit=&cursor=` of every list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;

  @ApiPropertyOptional({ description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Swagger cannot see generics: `@ApiOkResponse({ schema: pageOf(JobView) })` needs `@ApiExtraModels(JobView)`. */
export class PageInfo {
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

/** What a sort key is. Of another kind it would only fail in the database, which cannot name the cursor. */
const KEYS = {
  id: isId,
  integer: (key: unknown) => Number.isInteger(key) && Math.abs(key as number) < 2 ** 31,
  text: (key: unknown) => typeof key === 'string' && isStorable(key),
  time: (key: unknown) =>
    typeof key === 'string' &&
    /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key) &&
    !Number.isNaN(Date.parse(key)),
};

type CursorKey = keyof typeof KEYS;
type Keys<Kinds extends CursorKey[]> = { [At in keyof Kinds]: Kinds[At] extends 'integer' ? number : string };

/** An opaque cursor from the sort keys of the last row. */
export const encodeCursor = (keys: (string | number)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** @throws Invalid naming `cursor` when it is not one of ours with keys of these kinds. */
export function decodeCursor<Kinds extends CursorKey[]>(cursor: string, ...kinds: Kinds): Keys<Kinds> {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(keys) &&
      keys.length === kinds.length &&
      kinds.every((kind, at) => KEYS[kind](keys[at]))
    )
      return keys as Keys<Kinds>;
  } catch {
    // falls through to the one error
  }
  throw Invalid.field('cursor', 'is not a cursor of this list');
}

/** Takes `limit + 1` rows and makes a page of them. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  view: (row: Row) => T,
  keys: (row: Row) => (string | number)[],
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(view), nextCursor: rows.length > limit && last ? encodeCursor(keys(last)) : null };
}
