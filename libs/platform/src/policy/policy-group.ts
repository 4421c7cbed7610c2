import type { FieldError } from '#kernel';
import { describePolicy } from './policy-schema.js';

/** `default` holds until an organisation says otherwise: a number from `min` to `max` (whole unless `fraction`), or one of `oneOf`. */
export type PolicyNumber =
  | { default: number; min: number; max: number; fraction?: true }
  | { default: string; oneOf: readonly string[] };

type PolicyNumbers = Readonly<Record<string, PolicyNumber>>;
type ValuesOf<Numbers extends PolicyNumbers> = {
  [Name in keyof Numbers]: Numbers[Name] extends { oneOf: readonly (infer Value)[] } ? Value : number;
};
type Values = Record<string, number | string>;

/** By group and name. */
export type PolicyValues = Record<string, Values>;
/** What an organisation has changed, by group and name. */
export type PolicyOverrides = Partial<PolicyValues>;

/** Business numbers that belong together. Two stages may add to one group (`alerts`, `retention`), each its own numbers. */
export interface PolicyGroup<V = Values> {
  name: string;
  numbers: PolicyNumbers;
  defaults: V;
  /** Faults of values that are each possible but not together. */
  contradictions(values: V): FieldError[];
}

/** The unit of a number stands in its name: `offerSeconds`, `radiusMetres`. A stage names its groups in `defineStage`. */
export function definePolicy<const Numbers extends PolicyNumbers>(
  name: string,
  numbers: Numbers,
  contradictions: (values: ValuesOf<Numbers>) => FieldError[] = () => [],
): PolicyGroup<ValuesOf<Numbers>> {
  const defaults = Object.entries(numbers).map(([key, number]) => [key, number.default]);
  return { name, numbers, defaults: Object.fromEntries(defaults), contradictions };
}

/** What holds of one group in an organisation. */
export const policyValues = <V>(group: PolicyGroup<V>, overrides: PolicyOverrides): V => ({
  ...group.defaults,
  ...overrides[group.name],
});

const declared: PolicyGroup[] = [];

/** The groups of the platform and of all stages. Grows while stages are loaded. */
export const POLICY_GROUPS: readonly PolicyGroup[] = declared;

/** @throws Error when the group has a number of that name already */
export function declarePolicy(group: PolicyGroup): void {
  const known = policyNumbers()[group.name] ?? {};
  const twice = Object.keys(group.numbers).find((name) => name in known);
  if (twice) throw new Error(`two stages have the policy number ${group.name}.${twice}`);
  declared.push(group);
  describePolicy(group);
}

/** All numbers, by group and name. */
export function policyNumbers(groups = POLICY_GROUPS): Record<string, PolicyNumbers> {
  const all: Record<string, PolicyNumbers> = {};
  for (const { name, numbers } of groups) all[name] = { ...all[name], ...numbers };
  return all;
}

/** The organisation's numbers over the defaults of all groups. */
export function mergePolicy(overrides: PolicyOverrides, groups = POLICY_GROUPS): PolicyValues {
  const merged: PolicyValues = {};
  for (const group of groups)
    merged[group.name] = { ...merged[group.name], ...policyValues(group, overrides) };
  return merged;
}
