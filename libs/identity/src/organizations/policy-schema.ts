import { defaultPolicy } from '#config/policy/index';
import { type PolicyLimit, policyLimits } from '#config/policy/limits';

interface ValueSchema {
  type: 'integer' | 'number' | 'string';
  enum?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  nullable?: boolean;
}

/** The OpenAPI schema of the policy, derived from its defaults and limits. */
export function policySchema(use: 'effective' | 'overrides' | 'change') {
  const groups = Object.entries(defaultPolicy).map(([group, values]) => {
    const limits = policyLimits[group as keyof typeof policyLimits] as Record<string, PolicyLimit>;
    const properties = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        { ...valueSchema(limits[name]!), default: value as unknown, nullable: use === 'change' },
      ]),
    );
    const required = use === 'effective' ? { required: Object.keys(properties) } : {};
    return [group, { type: 'object', properties, additionalProperties: false, ...required }] as const;
  });
  return { type: 'object' as const, properties: Object.fromEntries(groups), additionalProperties: false };
}

function valueSchema(limit: PolicyLimit): ValueSchema {
  if ('oneOf' in limit) return { type: 'string', enum: [...limit.oneOf] };
  return { type: limit.fraction ? 'number' : 'integer', minimum: limit.min, maximum: limit.max };
}
