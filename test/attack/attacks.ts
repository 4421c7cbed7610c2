import type { OpenAPIObject } from '@nestjs/swagger';
import type { DeclaredRoute } from '#platform';
import { type Attack, jsonAttack } from './special-bodies.js';
import { overfull, overfullItem, worstBody } from './worst-body.js';

export const named = ({ method, path }: DeclaredRoute) => `${method} ${path}`;

/** Names are limited apart from values, those of one object as well. */
const MOST_FIELDS = 29_900;
const MOST_OF_ONE = 990;

/** The worst of every kind that a route takes, and what is about as large and means nothing. */
export function attacksOn(
  route: DeclaredRoute,
  document: OpenAPIObject,
  special: Record<string, Attack[]>,
): Attack[] {
  if (route.method === 'GET') return [{ name: 'asked for', body: Buffer.alloc(0) }];
  const { maxBytes, maxJsonBytes = maxBytes, maxValues } = route.body;
  const limits = { maxBytes: maxJsonBytes, maxValues };
  const worst = worstBody(document, route.path, route.method);
  const more = overfull(worst, limits);
  const room = maxJsonBytes - 100;
  const objects = Math.floor(Math.min(maxValues - 10, room / 3) / 2) - 3;
  const fields = (less = 0) => {
    const count = Math.floor(Math.min(maxValues - 10, MOST_FIELDS, (room - less) / 12));
    const all = Array.from({ length: count }, (_, n) => [`f${n}`, 1] as const);
    const objects = Array.from({ length: Math.ceil(count / MOST_OF_ONE) }, (_, n) =>
      Object.fromEntries(all.slice(n * MOST_OF_ONE, (n + 1) * MOST_OF_ONE)),
    );
    return { ...objects[0], ...Object.fromEntries(objects.slice(1).map((object, n) => [`o${n}`, object])) };
  };
  const strange = overfullItem(worst, fields(2_000));
  return [
    ...(worst === undefined ? [] : [jsonAttack('the largest that is documented', worst)]),
    ...(more === undefined ? [] : [jsonAttack('a list as long as there is room for', more)]),
    ...(strange === undefined ? [] : [jsonAttack('as many fields in an item of a list', strange)]),
    jsonAttack('one long text', { name: 'x'.repeat(room - 30), email: 'x' }),
    jsonAttack('as many fields as there is room for', fields()),
    {
      name: 'as many objects',
      body: Buffer.from(`{"jobs":[${'{},'.repeat(objects)}{}]}`),
      type: 'application/json',
    },
    { name: 'brackets', body: Buffer.from('['.repeat(room)), type: 'application/json' },
    ...(special[named(route)] ?? []),
  ];
}
