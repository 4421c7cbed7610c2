import type { Actor } from '../database/request-context.js';

/** Something that happened, before it has its place in the log. */
export interface NewFact<T = unknown> {
  type: string;
  /** Which version of its kind `data` was written by; what is read has been brought up to the newest. */
  schemaVersion: number;
  subjectType: string;
  subjectId: string;
  /** Ids of what else it is about: it stands in their timelines too. */
  about: readonly string[];
  data: T;
  occurredAt?: Date;
}

/** Something that happened, in its gapless per-organisation place. */
export interface Fact<T = unknown> extends Required<NewFact<T>> {
  seq: number;
  id: string;
  orgId: string;
  actor: Actor;
  recordedAt: Date;
}

export type OfficeRole = 'admin' | 'dispatcher' | 'quality_manager' | 'area_manager' | 'auditor';
export const OFFICE_ROLES: readonly OfficeRole[] = [
  'admin',
  'dispatcher',
  'quality_manager',
  'area_manager',
  'auditor',
];

/** Who looks at the live channel. */
export type Viewer =
  | { kind: 'office'; role: OfficeRole }
  | { kind: 'worker'; workerId: string }
  | { kind: 'user'; userId: string };

/** How one kind of fact is shown, and where. What is not said is not shown. */
export interface Presentation<T> {
  /**
   * What an office role sees; null hides it (the place in the log is still sent, empty). `whole` for what carries ids,
   * states and numbers alone, said by somebody who has looked at it.
   */
  office: 'whole' | ((fact: Fact<T>, role: OfficeRole) => unknown | null);
  /** The ability subject whose readers may see it by API key. Default: the type's first word (`api_key` is `ApiKey`). */
  readAs?: string;
  /** What else it is about, by id: the job of a breach, the site of a finding. It stands in their timelines too. */
  about?: (data: T) => readonly string[];
  /** What workers see, by worker id. Default: nobody sees it. */
  workers?: (fact: Fact<T>) => Record<string, unknown>;
  /** What single users see (an inspector's own visits, say), by user id. Default: nobody sees it. */
  users?: (fact: Fact<T>) => Record<string, unknown>;
}

/** Makes the data of one version what the next version says, without a look at anything else. */
export type Upcast = (data: never) => object;

export interface FactType<T> {
  readonly type: string;
  /** Starts at 1, and grows by one with each upcast. */
  readonly schemaVersion: number;
  /** From the first version to the newest. */
  readonly upcasts: readonly Upcast[];
  readonly presentation: Presentation<T>;
  (subjectId: string, data: T, occurredAt?: Date): NewFact<T>;
  is(fact: Fact): fact is Fact<T>;
}

const registry = new Map<string, FactType<never>>();

/**
 * Declares a kind of fact: `defineFact<{ workerId: string }>('worker.archived', { office: 'whole' })`. The part before the
 * dot is the subject's type. A kind may be declared once.
 *
 * A fact stays in the log as it was written. Data grows by optional fields; what older data needs to be read as the
 * newest is one more of `upcasts`, the first of which leads from version 1 to version 2.
 */
export function defineFact<T extends object>(
  type: `${string}.${string}`,
  presentation: Presentation<T>,
  upcasts: readonly Upcast[] = [],
): FactType<T> {
  if (registry.has(type)) throw new Error(`the fact ${type} is defined twice`);
  const subjectType = type.slice(0, type.indexOf('.'));
  const schemaVersion = upcasts.length + 1;
  const define = (subjectId: string, data: T, occurredAt?: Date): NewFact<T> => ({
    type,
    schemaVersion,
    subjectType,
    subjectId,
    about: presentation.about?.(data) ?? [],
    data,
    ...(occurredAt ? { occurredAt } : {}),
  });
  const factType = Object.assign(define, {
    type,
    schemaVersion,
    upcasts,
    presentation,
    is: (fact: Fact): fact is Fact<T> => fact.type === type,
  }) as unknown as FactType<T>;
  registry.set(type, factType as unknown as FactType<never>);
  return factType;
}

/** With data as the newest version of its kind says it. What a newer version of the product wrote is left as it is. */
export function upcast(fact: Fact): Fact {
  const type = registry.get(fact.type);
  if (!type || fact.schemaVersion >= type.schemaVersion) return fact;
  const data = type.upcasts
    .slice(fact.schemaVersion - 1)
    .reduce<unknown>((older, next) => next(older as never), fact.data);
  return { ...fact, data, schemaVersion: type.schemaVersion };
}

/** Whether every office role is shown it as it is. */
export const isShownWhole = (type: string): boolean => registry.get(type)?.presentation.office === 'whole';

export const definedFacts = (): readonly string[] => [...registry.keys()].sort();

/** What `viewer` may see of `fact`, or null. Unknown kinds are shown to nobody. */
export function presentFact(fact: Fact, viewer: Viewer): unknown | null {
  const presentation = registry.get(fact.type)?.presentation as Presentation<unknown> | undefined;
  if (!presentation) return null;
  switch (viewer.kind) {
    case 'office':
      return withoutTypedText(
        fact,
        viewer.role,
        presentation.office === 'whole' ? fact.data : presentation.office(fact, viewer.role),
      );
    case 'worker':
      return presentation.workers?.(fact)[viewer.workerId] ?? null;
    case 'user':
      return presentation.users?.(fact)[viewer.userId] ?? null;
  }
}

/** What an API key must be allowed to read to see `fact`. */
export function subjectToRead(fact: Fact): string {
  const readAs = registry.get(fact.type)?.presentation.readAs;
  return readAs ?? fact.subjectType.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const ABOUT_PEOPLE = new Set(['job', 'conflict', 'offer', 'assignment', 'worker', 'shift', 'alert']);
const TYPED = ['reason', 'note', 'text'];
/** Chosen from a list, not typed by somebody about somebody. */
const CHOSEN = /^[a-z_]+$/;

/** The auditor reads what happened, not what people wrote about people, in whatever fact that is. */
function withoutTypedText(fact: Fact, role: OfficeRole, data: unknown): unknown {
  if (role !== 'auditor' || fact.actor.kind === 'system' || !ABOUT_PEOPLE.has(fact.subjectType)) return data;
  if (typeof data !== 'object' || data === null) return data;
  const typed = TYPED.filter((name) => {
    const text = (data as Record<string, unknown>)[name];
    return typeof text === 'string' && !CHOSEN.test(text);
  });
  return typed.length === 0 ? data : { ...data, ...Object.fromEntries(typed.map((name) => [name, null])) };
}

/** The workers and users who see something of `fact`. */
export function personalAudience(fact: Fact): {
  workers: Record<string, unknown>;
  users: Record<string, unknown>;
} {
  const presentation = registry.get(fact.type)?.presentation as Presentation<unknown> | undefined;
  return { workers: presentation?.workers?.(fact) ?? {}, users: presentation?.users?.(fact) ?? {} };
}
