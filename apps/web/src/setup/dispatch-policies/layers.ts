import { ORGANIZATION_FIELD, PATHS, type PolicyBody, type Wave } from './policy-fields';

/** What may stand at one place of a body; undefined = nothing is said there. */
export type Override = number | string | null | Wave[] | undefined;
export type LayerName = 'product' | 'organization' | 'default';

/** What lies below the policy being written, from the ground up. */
export interface Inherited {
  product: PolicyBody;
  organization: PolicyBody;
  /** Below a service type's policy; absent below the default one. */
  default?: PolicyBody;
}

type Tree = Record<string, unknown>;

/** What `body` itself says at `path`. */
export function hasOverride(body: PolicyBody, path: string): Override {
  let here: unknown = body;
  for (const part of path.split('.')) here = (here as Tree | undefined)?.[part];
  return here as Override;
}

const same = (a: Override, b: Override): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What holds at `path` when the policy above says nothing, and which layer says so. */
export function inheritedValue(below: Inherited, path: string): { value: Override; from: LayerName } {
  const ours = below.default && hasOverride(below.default, path);
  if (ours !== undefined) return { value: ours, from: 'default' };
  const value = hasOverride(below.organization, path);
  return { value, from: same(value, hasOverride(below.product, path)) ? 'product' : 'organization' };
}

/** `body` with something else at `path`; undefined takes it out, and so leaves it to the layers below. */
export function setOverride(body: PolicyBody, path: string, value: Override): PolicyBody {
  const [head, ...rest] = path.split('.') as [string, ...string[]];
  const { [head]: before, ...others } = body as Tree;
  if (rest.length > 0) {
    const inner = setOverride((before ?? {}) as PolicyBody, rest.join('.'), value);
    return Object.keys(inner).length === 0 ? others : { ...others, [head]: inner };
  }
  return value === undefined ? others : { ...others, [head]: value };
}

/**
 * What is worth sending of `draft`: a value that would hold anyway is left out, unless `before` had already said it.
 */
export const onlyDifferences = (draft: PolicyBody, below: Inherited, before: PolicyBody): PolicyBody =>
  listOverrides(draft)
    .filter((path) => {
      const value = hasOverride(draft, path);
      return same(value, inheritedValue(below, path).value) && !same(value, hasOverride(before, path));
    })
    .reduce((rest, path) => setOverride(rest, path, undefined), draft);

export const listOverrides = (body: PolicyBody): string[] =>
  PATHS.filter((path) => hasOverride(body, path) !== undefined);

/** The places at which two bodies do not say the same. */
export const differences = (one: PolicyBody, other: PolicyBody): string[] =>
  PATHS.filter((path) => !same(hasOverride(one, path), hasOverride(other, path)));

/** The places of the organisation's own page (`radiusMetres`, `positionStaleSeconds`) about which `body` has a say. */
export const overruled = (body: PolicyBody): Map<string, string> =>
  new Map(
    Object.entries(ORGANIZATION_FIELD)
      .filter(([path]) => hasOverride(body, path) !== undefined)
      .map(([path, field]) => [field, path]),
  );
