/** What somebody should look at now, as its source found it. Nothing of it is stored: it is there while its cause lasts. */
export interface FoundAlert {
  kind: string;
  /** The id of what it is about. With the kind it is stable while the cause lasts. */
  subject: string;
  since: Date;
  jobId: string | null;
  workerId: string | null;
  areaId: string | null;
  /** The number behind it: seconds waited, seconds late, seconds silent. */
  seconds: number | null;
  detail: string;
}

interface AlertRules {
  /** The detail for whoever sees people in outline only: `plain` says that it names nobody. */
  masked: 'plain' | ((detail: string) => string);
  /** What one must be allowed to read to see it, besides the alerts. */
  readAs?: string;
}

const registry = new Map<string, AlertRules>();

/** All kinds by name. It grows while the stages are loaded: the API's document reads it when they all are. */
export const ALERT_KINDS: string[] = [];

/** Declares a kind of alert, once, and how it may be shown. Returns the kind. */
export function defineAlert<const Kind extends string>(kind: Kind, rules: AlertRules): Kind {
  if (registry.has(kind)) throw new Error(`the alert ${kind} is defined twice`);
  registry.set(kind, rules);
  ALERT_KINDS.push(kind);
  ALERT_KINDS.sort();
  return kind;
}

/** @throws Error for a kind that nobody has defined */
export function alertRules(kind: string): AlertRules {
  const rules = registry.get(kind);
  if (!rules) throw new Error(`nobody has defined the alert ${kind}`);
  return rules;
}
