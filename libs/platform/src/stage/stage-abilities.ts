import type { Role } from '../auth/principal.js';

/** The caller, as far as rules care. */
export interface AbilityCaller {
  id: string;
  /** The worker that a caller of role `worker` is. */
  workerId?: string;
  isSuspended?: boolean;
}

export interface AbilityRule {
  roles: readonly Role[];
  /** Actions, as `@Can` names them; `manage` is all of them. */
  may: string | readonly string[];
  what: string | readonly string[];
  /** What a row must be like, in CASL's conditions; without it every row. */
  where?: (caller: AbilityCaller) => Record<string, unknown>;
  /** Not while a worker is suspended. */
  unlessSuspended?: true;
}

export interface StageAbilities {
  /** What this stage's rules and `@Can` are about. The administrator may do everything with them. */
  subjects: readonly string[];
  rules: readonly AbilityRule[];
  /** Scopes of API keys: what `NAME:read` opens for reading, and `NAME:write` for what the key's role may do. */
  scopes?: Readonly<Record<string, readonly string[]>>;
  /** Scopes that there are for reading alone. */
  readScopes?: Readonly<Record<string, readonly string[]>>;
}

/** Who sees the whole city; the auditor masked by the presenters. */
export const CITY_READERS = ['dispatcher', 'area_manager', 'quality_manager', 'auditor'] as const;
/** Who runs the day: an area manager as a dispatcher, in the areas they are bound to. */
export const DAY_MANAGERS = ['dispatcher', 'area_manager'] as const;
/** Rows of the worker who calls. */
export const ownRows = ({ id, workerId }: AbilityCaller) => ({ workerId: workerId ?? id });

const rules: AbilityRule[] = [];
const subjects: string[] = [];
const scopes: string[] = [];
const scopeSubjects = new Map<string, Set<string>>();

/** What rules are about, over all stages. Grows while stages are loaded, as the lists below do. */
export const SUBJECTS: readonly string[] = subjects;
export const ABILITY_RULES: readonly AbilityRule[] = rules;
/** `NAME:read` and `NAME:write`. */
export const API_SCOPES: readonly string[] = scopes;

/** What a scope (`NAME`, without its verb) is about. */
export const subjectsOfScope = (name: string): ReadonlySet<string> => scopeSubjects.get(name) ?? new Set();

export function declareAbilities(stage: StageAbilities): void {
  const twice = stage.subjects.find((subject) => subjects.includes(subject));
  if (twice) throw new Error(`two stages have the subject ${twice}`);
  subjects.push(...stage.subjects);
  rules.push(...stage.rules);
  for (const [name, about] of Object.entries(stage.scopes ?? {})) addScope(name, about, ['read', 'write']);
  for (const [name, about] of Object.entries(stage.readScopes ?? {})) addScope(name, about, ['read']);
}

function addScope(name: string, about: readonly string[], verbs: string[]): void {
  scopeSubjects.set(name, new Set([...subjectsOfScope(name), ...about]));
  for (const verb of verbs) if (!scopes.includes(`${name}:${verb}`)) scopes.push(`${name}:${verb}`);
}
