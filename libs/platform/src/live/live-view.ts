import type { Authenticator, Principal } from '../auth/principal.js';
import { type Fact, type OfficeRole, presentFact, subjectToRead } from '../facts/fact.js';
import { isOffice, viewersOf } from './rooms.js';

export interface WireFact {
  seq: number;
  type: string;
  subjectType: string;
  subjectId: string;
  occurredAt: Date;
  recordedAt: Date;
  data: unknown;
  actor?: unknown;
}

export const wire = (fact: Fact, data: unknown): WireFact => ({
  seq: fact.seq,
  type: fact.type,
  subjectType: fact.subjectType,
  subjectId: fact.subjectId,
  occurredAt: fact.occurredAt,
  recordedAt: fact.recordedAt,
  data,
});

/** What keeps the log gapless for an office client that may not see the fact itself. */
const hidden = (fact: Fact) => ({ seq: fact.seq, type: 'hidden' });

/** As a role of the office sees it. */
export function officeView(fact: Fact, role: OfficeRole): unknown {
  const data = presentFact(fact, { kind: 'office', role });
  return data === null ? hidden(fact) : { ...wire(fact, data), actor: fact.actor };
}

/** Whether an API key may see what a fact is about. What opens the channel or the log opens nothing else. */
export const maySee = (principal: Principal, fact: Fact, authenticator: Authenticator): boolean =>
  principal.kind === 'user' || authenticator.may(principal, 'read', subjectToRead(fact));

/** As one caller sees them. */
export function viewOf(
  principal: Principal,
  facts: readonly Fact[],
  authenticator: Authenticator,
  /** The places of those that a caller bound to areas may see. */
  seen?: ReadonlySet<number>,
): unknown[] {
  const office = isOffice(principal.role);
  return facts.flatMap((fact): unknown[] => {
    if ((!seen || seen.has(fact.seq)) && maySee(principal, fact, authenticator))
      for (const viewer of viewersOf(principal)) {
        const data = presentFact(fact, viewer);
        if (data !== null) return [{ ...wire(fact, data), ...(office ? { actor: fact.actor } : {}) }];
      }
    return office ? [hidden(fact)] : [];
  });
}
