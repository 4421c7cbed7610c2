import { type FieldError, Invalid } from '#kernel';
import {
  mergePolicy,
  POLICY_GROUPS,
  type PolicyNumber,
  type PolicyOverrides,
  type PolicyValues,
  policyNumbers,
  policyValues,
} from './policy-group.js';

export interface PolicyChange {
  overrides: PolicyOverrides;
  /** By dotted name, what really changes. */
  changes: Record<string, { from: unknown; to: unknown }>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lays `wanted` (groups of numbers; null goes back to the default) over what an organisation has overridden.
 * @throws Invalid naming every wrong field (`dispatch.radiusMetres`) and its limit.
 */
export function changePolicy(
  present: PolicyOverrides,
  wanted: unknown,
  groups = POLICY_GROUPS,
): PolicyChange {
  if (!isObject(wanted)) throw Invalid.field('body', 'must be an object of policy groups');
  const errors: FieldError[] = [];
  const all = policyNumbers(groups);
  const overrides = structuredClone(present);
  for (const [group, values] of Object.entries(wanted)) {
    const numbers = own(all, group);
    if (!numbers) errors.push(unknown(group, Object.keys(all)));
    else if (!isObject(values)) errors.push({ field: group, message: 'must be an object' });
    else applyGroup({ group, numbers, values, overrides, errors });
  }
  if (errors.length === 0)
    errors.push(...groups.flatMap((group) => group.contradictions(policyValues(group, overrides))));
  if (errors.length > 0) throw new Invalid(errors);
  return { overrides, changes: difference(mergePolicy(present, groups), mergePolicy(overrides, groups)) };
}

function applyGroup(at: {
  group: string;
  numbers: Readonly<Record<string, PolicyNumber>>;
  values: Record<string, unknown>;
  overrides: PolicyOverrides;
  errors: FieldError[];
}): void {
  const { group, numbers, values, overrides, errors } = at;
  for (const [name, value] of Object.entries(values)) {
    const field = `${group}.${name}`;
    const number = own(numbers, name);
    const fault = number && value !== null ? faultOf(value, number) : null;
    if (!number) errors.push(unknown(field, Object.keys(numbers)));
    else if (fault) errors.push({ field, ...fault });
    else if (value === null) delete overrides[group]?.[name];
    else overrides[group] = { ...overrides[group], [name]: value as number | string };
  }
}

function faultOf(value: unknown, limit: PolicyNumber): Omit<FieldError, 'field'> | null {
  if ('oneOf' in limit)
    return typeof value === 'string' && limit.oneOf.includes(value)
      ? null
      : {
          message: `must be one of ${limit.oneOf.join(', ')}`,
          limit: limit.oneOf.join(', '),
          code: 'IS_IN',
          values: { limit: limit.oneOf.join(', ') },
        };
  const { min, max, fraction } = limit;
  const right =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (fraction ? Number.isFinite(value) : Number.isInteger(value));
  const kind = fraction ? 'a number' : 'a whole number';
  return right
    ? null
    : {
        message: `must be ${kind} from ${min} to ${max}`,
        limit: `${min}..${max}`,
        code: fraction ? 'IS_BETWEEN' : 'IS_WHOLE_BETWEEN',
        values: { least: min, most: max },
      };
}

function difference(before: PolicyValues, after: PolicyValues): PolicyChange['changes'] {
  const changes: PolicyChange['changes'] = {};
  for (const [group, values] of Object.entries(after))
    for (const [name, to] of Object.entries(values)) {
      const from = before[group]?.[name];
      if (from !== to) changes[`${group}.${name}`] = { from, to };
    }
  return changes;
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const unknown = (field: string, known: string[]): FieldError => ({
  field,
  message: 'is not a policy number',
  limit: known.join(', '),
});
