import { mergePolicy, type Policy, type PolicyOverrides } from '#config/policy/index';
import { type PolicyLimit, policyLimits } from '#config/policy/limits';
import { type FieldError, Invalid } from '#kernel';

type Values = Record<string, Record<string, unknown>>;
type Limits = Record<string, Record<string, PolicyLimit>>;

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
export function changePolicy(present: PolicyOverrides, wanted: unknown): PolicyChange {
  if (!isObject(wanted)) throw Invalid.field('body', 'must be an object of policy groups');
  const errors: FieldError[] = [];
  const overrides = structuredClone(present) as Values;
  for (const [group, values] of Object.entries(wanted)) {
    const limits = own(policyLimits as Limits, group);
    if (!limits) errors.push(unknown(group, Object.keys(policyLimits)));
    else if (!isObject(values)) errors.push({ field: group, message: 'must be an object' });
    else applyGroup({ group, limits, values, overrides, errors });
  }
  const after = mergePolicy(overrides as PolicyOverrides);
  errors.push(...(errors.length === 0 ? contradictions(after) : []));
  if (errors.length > 0) throw new Invalid(errors);
  return { overrides: overrides as PolicyOverrides, changes: difference(mergePolicy(present), after) };
}

function applyGroup(at: {
  group: string;
  limits: Record<string, PolicyLimit>;
  values: Record<string, unknown>;
  overrides: Values;
  errors: FieldError[];
}): void {
  const { group, limits, values, overrides, errors } = at;
  for (const [name, value] of Object.entries(values)) {
    const field = `${group}.${name}`;
    const limit = own(limits, name);
    const fault = limit && value !== null ? faultOf(value, limit) : null;
    if (!limit) errors.push(unknown(field, Object.keys(limits)));
    else if (fault) errors.push({ field, ...fault });
    else if (value === null) delete overrides[group]?.[name];
    else overrides[group] = { ...overrides[group], [name]: value };
  }
}

function faultOf(value: unknown, limit: PolicyLimit): Omit<FieldError, 'field'> | null {
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

/** Numbers that are each possible but not together. */
function contradictions({ field }: Policy): FieldError[] {
  return field.fenceExitMetres < field.fenceEnterMetres
    ? [
        {
          field: 'field.fenceExitMetres',
          message: `must not be inside the circle of arrival (field.fenceEnterMetres ${field.fenceEnterMetres})`,
          limit: field.fenceEnterMetres,
          code: 'EXIT_INSIDE_ENTRANCE',
          values: { limit: field.fenceEnterMetres },
        },
      ]
    : [];
}

function difference(before: Policy, after: Policy): PolicyChange['changes'] {
  const changes: PolicyChange['changes'] = {};
  for (const [group, values] of Object.entries(after as unknown as Values))
    for (const [name, to] of Object.entries(values)) {
      const from = (before as unknown as Values)[group]?.[name];
      if (from !== to) changes[`${group}.${name}`] = { from, to };
    }
  return changes;
}

const own = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const unknown = (field: string, known: string[]): FieldError => ({
  field,
  message: 'is not a policy number',
  limit: known.join(', '),
});
