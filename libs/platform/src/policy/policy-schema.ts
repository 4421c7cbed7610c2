import type { PolicyGroup, PolicyNumber } from './policy-group.js';

interface ValueSchema {
  type: 'integer' | 'number' | 'string';
  enum?: string[];
  minimum?: number;
  maximum?: number;
  default: unknown;
  nullable: boolean;
}

interface GroupSchema {
  type: 'object';
  properties: Record<string, ValueSchema>;
  additionalProperties: false;
  required?: string[];
}

type Use = 'effective' | 'overrides' | 'change';

/** They grow while stages are loaded: the API's document reads them when they all are. */
const groups: Record<Use, Record<string, GroupSchema>> = { effective: {}, overrides: {}, change: {} };

/** The OpenAPI schema of the policy. */
export const policySchema = (use: Use) => ({
  type: 'object' as const,
  properties: groups[use],
  additionalProperties: false,
});

/** Adds a group to the schemas. */
export function describePolicy({ name, numbers }: PolicyGroup): void {
  for (const use of Object.keys(groups) as Use[]) {
    const added = Object.entries(numbers).map(([key, number]) => [key, valueSchema(number, use)]);
    const properties = { ...groups[use][name]?.properties, ...Object.fromEntries(added) };
    const required = use === 'effective' ? { required: Object.keys(properties) } : {};
    groups[use][name] = { type: 'object', properties, additionalProperties: false, ...required };
  }
}

function valueSchema(number: PolicyNumber, use: Use): ValueSchema {
  const said = { default: number.default, nullable: use === 'change' };
  if ('oneOf' in number) return { type: 'string', enum: [...number.oneOf], ...said };
  return { type: number.fraction ? 'number' : 'integer', minimum: number.min, maximum: number.max, ...said };
}
