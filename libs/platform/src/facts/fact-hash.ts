import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { Fact } from './fact.js';

/** What the chain starts from: 32 zero bytes. */
export const GENESIS = Buffer.alloc(32);

/**
 * SHA-256 over the previous hash and the canonical JSON of everything the fact says, its place included. The version is
 * left out when it is the first, and what else it is about when that is nothing: older facts know neither.
 */
export function factHash(fact: Fact, previous: Buffer): Buffer {
  const { seq, id, orgId, type, schemaVersion, subjectType, subjectId, about, actor } = fact;
  const { data, occurredAt, recordedAt } = fact;
  const text = canonicalJson({
    seq,
    id,
    orgId,
    type,
    ...(schemaVersion > 1 ? { schemaVersion } : {}),
    subjectType,
    subjectId,
    ...(about.length > 0 ? { about } : {}),
    actor,
    data,
    occurredAt,
    recordedAt,
  });
  return createHash('sha256').update(previous).update(text).digest();
}
