import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { defaultMetadataStorage, type TransformMetadata } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { tooManyValues } from '#kernel';

interface Field {
  /** class-transformer makes instances of its value; others it would only copy, at a high price. */
  isMade: boolean;
  /** What `@Transform()` says, for the others. */
  transforms: TransformMetadata[];
  /** One more is enough to be refused. */
  mostItems: number;
}

/** Unknown fields are named to the caller up to here. */
const MOST_UNKNOWN = 100;

/** Values inside of what class-transformer makes: some microseconds each. */
const MOST_MADE_VALUES = 5_000;

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

const known = new WeakMap<object, ReadonlyMap<string, Field>>();

function fieldsOf(Type: ClassConstructor<object>): ReadonlyMap<string, Field> {
  const fields = known.get(Type) ?? readFields(Type);
  known.set(Type, fields);
  return fields;
}

function readFields(Type: ClassConstructor<object>): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const { propertyName, name, constraints } of getMetadataStorage().getTargetValidationMetadatas(
    Type,
    '',
    true,
    false,
  )) {
    const isMade = defaultMetadataStorage.findTypeMetadata(Type, propertyName) !== undefined;
    const mostItems = name === 'arrayMaxSize' ? (constraints[0] as number) : Number.POSITIVE_INFINITY;
    fields.set(propertyName, {
      isMade,
      transforms: defaultMetadataStorage.findTransformMetadatas(Type, propertyName, 0),
      mostItems: Math.min(mostItems, fields.get(propertyName)?.mostItems ?? mostItems),
    });
  }
  return fields;
}

const cut = (value: unknown, { mostItems }: Field): unknown =>
  Array.isArray(value) && value.length > mostItems ? value.slice(0, mostItems + 1) : value;

const transformed = (value: unknown, key: string, { transforms }: Field, obj: object): unknown =>
  transforms.reduce(
    (made, { transformFn }) => transformFn({ key, value: made, obj, type: 0, options: {} }),
    value,
  );

/** Stops counting at `limit` + 1. */
function countInside(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const item of Object.values(value)) {
    if (count > limit) break;
    count += countInside(item, limit - count);
  }
  return count;
}

/**
 * `plain` as `Type`, before its rules are asked. Costs little whatever was sent: a list longer than its field takes is
 * cut after the first item too many, the values of unknown fields are dropped, and what class-transformer would only
 * copy is taken over as it is.
 *
 * @throws DomainError TOO_MANY_VALUES (413) where there is too much inside of nested classes
 */
export function instanceOf<T extends object>(Type: ClassConstructor<T>, plain: object): T {
  const fields = fieldsOf(Type);
  const made: Record<string, unknown> = {};
  const asSent: Record<string, unknown> = {};
  let unknown = 0;
  for (const [name, value] of Object.entries(plain)) {
    const field = fields.get(name);
    if (field?.isMade) made[name] = cut(value, field);
    else if (field) asSent[name] = cut(transformed(value, name, field, plain), field);
    else if (!UNSAFE.has(name) && unknown++ < MOST_UNKNOWN) asSent[name] = null;
  }
  if (countInside(made, MOST_MADE_VALUES) > MOST_MADE_VALUES) throw tooManyValues(MOST_MADE_VALUES);
  return Object.assign(plainToInstance(Type, made), asSent);
}
