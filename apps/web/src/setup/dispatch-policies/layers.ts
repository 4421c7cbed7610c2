import { ORGANIZATION_FIELD, PATHS, type PolicyBody, type Wave } from './policy-fields';

/** What may stand at one place of a body; undefined = nothing is said there. */
export type Said = number | string | null | Wave[] | undefined;
export type LayerName = 'product' | 'organization' | 'default';

/** What lies below the policy being written, from the ground up. */
export interface Below {
  product: PolicyBody;
  organization: PolicyBody;
  /** Below a service type's policy; absent below the default one. */
  default?: PolicyBody;
}

type Tree = Record<string, unknown>;

/** What `body` itself says at `path`. */
export function said(body: PolicyBody, path: string): Said {
  let here: unknown = body;
  for (const part of path.split('.')) here = (here as Tree | undefined)?.[part];
  return here as Said;
}

const same = (a: Said, b: Said): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What holds at `path` when the policy above says nothing, and which layer says so. */
export function holdsBelow(below: Below, path: string): { value: Said; from: LayerName } {
  const ours = below.default && said(below.default, path);
  if (ours !== undefined) return { value: ours, from: 'default' };
  const value = said(below.organization, path);
  return { value, from: same(value, said(below.product, path)) ? 'product' : 'organization' };
}

/** `body` with something else at `path`; undefined takes it out, and so leaves it to the layers below. */
export function say(body: PolicyBody, path: string, value: Said): PolicyBody {
  const [head, ...rest] = path.split('.') as [string, ...string[]];
  const { [head]: before, ...others } = body as Tree;
  if (rest.length > 0) {
    const inner = say((before ?? {}) as PolicyBody, rest.join('.'), value);
    return Object.keys(inner).length === 0 ? others : { ...others, [head]: inner };
  }
  return value === undefined ? others : { ...others, [head]: value };
}

/**
 * What is worth sending of `draft`: a value that would hold anyway is left out, unless `before` had already said it.
 */
export const onlyDifferences = (draft: PolicyBody, below: Below, before: PolicyBody): PolicyBody =>
  spoken(draft)
    .filter((path) => {
      const value = said(draft, path);
      return same(value, holdsBelow(below, path).value) && !same(value, said(before, path));
    })
    .reduce((rest, path) => say(rest, path, undefined), draft);

export const spoken = (body: PolicyBody): string[] => PATHS.filter((path) => said(body, path) !== undefined);

/** The places at which two bodies do not say the same. */
export const differences = (one: PolicyBody, other: PolicyBody): string[] =>
  PATHS.filter((path) => !same(said(one, path), said(other, path)));

/** The places of the organisation's own page (`radiusMetres`, `positionStaleSeconds`) about which `body` has a say. */
export const overruled = (body: PolicyBody): Map<string, string> =>
  new Map(
    Object.entries(ORGANIZATION_FIELD)
      .filter(([path]) => said(body, path) !== undefined)
      .map(([path, field]) => [field, path]),
  );
