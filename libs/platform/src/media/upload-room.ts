import { DomainError } from '#kernel';
import type { Tx } from '../database/tx.js';

const MEBIBYTE = 1024 * 1024;
/** Open ones, and whole files that nobody took yet. Of those that were cancelled the bytes count until they are gone. */
const MAX_OF_USER = { count: 20, bytes: 1_024 * MEBIBYTE };
const MAX_OF_ORGANIZATION = { count: 500, bytes: 20 * 1_024 * MEBIBYTE };

/** @throws DomainError TOO_MANY_UPLOADS (429) */
export async function checkRoom(tx: Tx, userId: string, bytes: number): Promise<void> {
  // One after the other, so that many at once do not all find the last place.
  await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended($1, 2))`, [`${tx.orgId}/uploads`]);
  const [used] = await tx.sql<{ mine: number; ours: number; myBytes: string; ourBytes: string }>(
    `WITH held AS (
       SELECT u.created_by = $2 AS is_mine, u.state <> 'leaving' AS is_counted,
         CASE u.state WHEN 'leaving' THEN u.received ELSE u.bytes END AS bytes
       FROM uploads u WHERE u.org_id = $1 AND (u.state <> 'done' OR EXISTS (
         SELECT 1 FROM files f WHERE f.org_id = u.org_id AND f.id = u.media_id AND f.state = 'put')))
     SELECT count(*) FILTER (WHERE is_counted AND is_mine)::int AS mine, count(*) FILTER (WHERE is_counted)::int AS ours,
       coalesce(sum(bytes) FILTER (WHERE is_mine), 0) AS "myBytes", coalesce(sum(bytes), 0) AS "ourBytes" FROM held`,
    [tx.orgId, userId],
  );
  const isFull = (
    [
      [used!.mine, used!.myBytes, MAX_OF_USER],
      [used!.ours, used!.ourBytes, MAX_OF_ORGANIZATION],
    ] as const
  ).some(([count, held, most]) => count >= most.count || Number(held) + bytes > most.bytes);
  if (isFull)
    throw new DomainError(
      'TOO_MANY_UPLOADS',
      429,
      'Too much is being uploaded; complete or cancel some of it.',
      {
        limit: MAX_OF_USER.count,
        limitBytes: MAX_OF_USER.bytes,
        retryAfterSeconds: 600,
      },
    );
}
