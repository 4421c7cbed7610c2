/**
 * Who may do what: the one table. Routes name an action and a subject (`@Can('read', 'Job')`), services hold single rows
 * against the same rules with `authorize`, and the web app greys out buttons by it. Conditions are about the row.
 * Browser-safe: no server imports.
 */
import { createMongoAbility, type MongoAbility, type RawRuleOf, subject as rowOf } from '@casl/ability';
import { Forbidden, NotFound } from '#kernel';
import { scopesAllow } from '../api-keys/api-scopes.js';

export const SUBJECTS = [
  'Organization',
  'User',
  'ApiKey',
  'Session',
  'Policy',
  'Clock',
  'Journal',
  'Live',
  'Area',
  'Community',
  'Site',
  'Worker',
  'Skill',
  'Shift',
  'Position',
  'ServiceType',
  'Booking',
  'Job',
  'Offer',
  'Assignment',
  'Conflict',
  'DayPlan',
  /** What keeps the installation going: facts that a handler could not apply. */
  'System',
  'SavedView',
] as const;
export type Subject = (typeof SUBJECTS)[number];

type Ability = MongoAbility<[string, string | Record<string, unknown>]>;
type Rule = RawRuleOf<Ability>;
/** The caller, as far as these rules care; platform's `Principal` is one. */
export interface Who {
  kind: 'user' | 'api_key';
  id: string;
  role: RoleName;
  workerId?: string;
  isSuspended?: boolean;
  scopes?: string[];
}

interface Caller {
  id: string;
  workerId?: string;
  isSuspended?: boolean;
}

const may = (action: string | string[], subject: Subject | Subject[], conditions?: object): Rule =>
  ({ action, subject, ...(conditions ? { conditions } : {}) }) as Rule;

/**
 * What every office sees of the city (`Assignment` is the desk's view: candidates, decisions, the board); the auditor
 * too, masked by the presenters.
 */
const CITY: Subject[] = [
  'Organization',
  'Policy',
  'Clock',
  'Live',
  'Journal',
  'User',
  'Area',
  'Community',
  'Site',
  'Worker',
  'Skill',
  'Shift',
  'Position',
  'ServiceType',
  'Booking',
  'Job',
  'Offer',
  'Assignment',
  'Conflict',
  'DayPlan',
];
/** Views of the desk: each keeps their own, and uses what others share. */
const desk = ({ id }: Caller): Rule[] => [
  may(['read', 'prefer'], 'SavedView'),
  may(['create', 'update', 'delete'], 'SavedView', { ownerId: id }),
];
const PLACES: Subject[] = ['Area', 'Community', 'Site'];
const EVERYBODY: Subject[] = ['Organization', 'Clock', 'Live'];
const MANAGES_DAY = may('manage', [
  'Job',
  'Booking',
  'Offer',
  'Assignment',
  'Conflict',
  'DayPlan',
  'Worker',
  'Skill',
  'Shift',
  'Position',
  'Site',
  'Community',
]);

/** A worker's verbs on the job they hold. */
const FIELD_VERBS = [
  'depart',
  'arrive',
  'undo_arrive',
  'start',
  'pause',
  'resume',
  'complete',
  'undo_complete',
  'fail',
  'release',
  'work',
];
/** Handing in what was recorded at doors, however late. */
const HAND_IN = ['record', 'prove'];

const ROLE_RULES = {
  admin: () => [may('manage', [...SUBJECTS])],

  dispatcher: (who: Caller) => [may('read', CITY), MANAGES_DAY, ...desk(who)],

  /** As a dispatcher, in the areas they are bound to; those are drawn by an administrator. */
  area_manager: (who: Caller) => [may('read', CITY), MANAGES_DAY, ...desk(who)],

  quality_manager: (who: Caller) => [
    may('read', CITY),
    may(['update', 'resolve'], 'Conflict'),
    may('verify', 'Journal'),
    ...desk(who),
  ],

  /** Where people are at this moment is no business of an audit. */
  auditor: () => [
    may('read', [...CITY.filter((subject) => subject !== 'Position'), 'ApiKey']),
    may('verify', 'Journal'),
  ],

  inspector: () => [may('read', [...EVERYBODY, ...PLACES, 'ServiceType'])],

  worker: ({ id, workerId, isSuspended }: Caller) => {
    const own = { workerId: workerId ?? id };
    const themselves = [
      may('read', [...EVERYBODY, 'Area', 'ServiceType']),
      may(['read', 'set_status'], 'Worker', { id: own.workerId }),
      may('read', ['Shift', 'Conflict'], own),
      may('withdraw', 'Conflict', own),
      may(HAND_IN, 'Job', own),
    ];
    if (isSuspended) return themselves;
    return [
      ...themselves,
      may('read', ['Job', 'Offer'], own),
      may(FIELD_VERBS, 'Job', own),
      may(['accept', 'decline'], 'Offer', own),
      may(['create', 'report'], 'Position', own),
    ];
  },

  customer: ({ id }: Caller) => [
    may('read', [...EVERYBODY, 'ServiceType']),
    may(['read', 'create', 'cancel'], 'Booking', { customerId: id }),
  ],
} satisfies Record<string, (who: Caller) => Rule[]>;

export type RoleName = keyof typeof ROLE_RULES;

const built = new WeakMap<Who, Ability>();

export function abilityOf(who: Who): Ability {
  let ability = built.get(who);
  if (!ability) {
    ability = createMongoAbility<Ability>(ROLE_RULES[who.role](who));
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
  subject: Subject,
  row?: Row | null,
): asserts row is Row {
  if (row === null || row === undefined) throw new NotFound(subject.toLowerCase());
  if (isAllowed(who, action, subject, row)) return;
  if (isAllowed(who, 'read', subject, row)) throw new Forbidden();
  throw new NotFound(subject.toLowerCase());
}
