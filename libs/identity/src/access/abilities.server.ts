/**
 * Who may do what. Routes name an action and a subject (`@Can('read', 'Job')`), services hold single rows against the same
 * rules with `authorize`, and the pages ask `GET /me`. Each stage declares its own rules (`defineStage`).
 */
import { createMongoAbility, type MongoAbility, type RawRuleOf, subject as rowOf } from '@casl/ability';
import { Forbidden, NotFound } from '#kernel';
import { ABILITY_RULES, type AbilityCaller, type Role, SUBJECTS } from '#platform';
import { scopesAllow } from '../api-keys/api-scopes.server.js';

type Ability = MongoAbility<[string, string | Record<string, unknown>]>;

/** The caller, as far as these rules care; platform's `Principal` is one. */
export interface Who extends AbilityCaller {
  kind: 'user' | 'api_key';
  role: Role;
  scopes?: string[];
}

function rulesOf(who: Who): RawRuleOf<Ability>[] {
  if (who.role === 'admin') return [{ action: 'manage', subject: [...SUBJECTS] }];
  return ABILITY_RULES.filter(
    ({ roles, unlessSuspended }) => roles.includes(who.role) && !(unlessSuspended && who.isSuspended),
  ).map(({ may, what, where }) => ({
    action: [may].flat() as string[],
    subject: [what].flat() as string[],
    ...(where ? { conditions: where(who) } : {}),
  }));
}

const built = new WeakMap<Who, Ability>();

export function abilityOf(who: Who): Ability {
  let ability = built.get(who);
  if (!ability) {
    ability = createMongoAbility<Ability>(rulesOf(who));
    built.set(who, ability);
  }
  return ability;
}

/** All that `who` may do to some row at least, as `action Subject`; `manage Subject` is everything. Sorted. */
export function listAbilities(who: Who): string[] {
  const pairs = abilityOf(who).rules.flatMap(({ action, subject }) =>
    [action].flat().flatMap((verb) => [subject].flat().map((kind) => [verb, String(kind)] as const)),
  );
  const allowed = pairs.filter(
    ([action, subject]) => who.kind !== 'api_key' || isAllowed(who, action, subject),
  );
  return [...new Set(allowed.map(([action, subject]) => `${action} ${subject}`))].sort();
}

/** Whether `who` may do `action` to some `subject` at all, or to `row` when one is given. */
export function isAllowed(who: Who, action: string, subject: string, row?: object): boolean {
  if (who.kind === 'api_key' && !scopesAllow(who.scopes ?? [], action, subject)) return false;
  // A copy, because CASL marks the object it is given.
  return abilityOf(who).can(action, row ? rowOf(subject, { ...row } as Record<string, unknown>) : subject);
}

/**
 * Lets pass who may do `action` to `row`.
 *
 * @throws NotFound for what the caller may not see (or what is not there); Forbidden for what they may see but not change.
 */
export function authorize<Row extends object>(
  who: Who,
  action: string,
  subject: string,
  row?: Row | null,
): asserts row is Row {
  if (row === null || row === undefined) throw new NotFound(subject.toLowerCase());
  if (isAllowed(who, action, subject, row)) return;
  if (isAllowed(who, 'read', subject, row)) throw new Forbidden();
  throw new NotFound(subject.toLowerCase());
}
