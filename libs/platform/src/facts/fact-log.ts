import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { type Fact, upcast } from './fact.js';
import { openTexts, type SealedTexts } from './fact-texts.js';

interface FactRow {
  position: string;
  id: string;
  org_id: string;
  seq: string;
  type: string;
  schema_version: number;
  subject_type: string;
  subject_id: string;
  about: string[];
  actor: Fact['actor'];
  data: unknown;
  occurred_at: Date;
  recorded_at: Date;
  prev_hash: Buffer | null;
  hash: Buffer | null;
}

export const FACT_COLUMNS =
  'position, id, org_id, seq, type, schema_version, subject_type, subject_id, about, actor, data, occurred_at, recorded_at, prev_hash, hash';

/** As it was written, which is what the chain of hashes is over. */
export const toFact = (row: FactRow): Fact => ({
  seq: Number(row.seq),
  id: row.id,
  orgId: row.org_id,
  type: row.type,
  schemaVersion: row.schema_version,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  about: row.about,
  actor: row.actor,
  data: row.data,
  occurredAt: row.occurred_at,
  recordedAt: row.recorded_at,
});

export type StoredFact = FactRow;

/** With the texts that stand beside it. */
interface TextRow extends FactRow {
  beside: SealedTexts | null;
}

const READ = `SELECT ${FACT_COLUMNS.split(', ')
  .map((column) => `f.${column}`)
  .join(
    ', ',
  )}, CASE WHEN t.fact_id IS NOT NULL THEN jsonb_build_object('salt', t.salt, 'texts', t.texts) END AS beside
  FROM facts f LEFT JOIN fact_texts t ON t.org_id = f.org_id AND t.fact_id = f.id`;

const withTexts = (row: TextRow): Fact => upcast({ ...toFact(row), data: openTexts(row.data, row.beside) });

/** Reads the log in order. */
@Injectable()
export class FactLog {
  async head(tx: Tx): Promise<number> {
    const rows = await tx.sql<{ seq: string }>(`SELECT seq FROM fact_heads WHERE org_id = $1`, [tx.orgId]);
    return Number(rows[0]?.seq ?? 0);
  }

  /** Facts with `after < seq`, oldest first. */
  async after(tx: Tx, after: number, options: { limit: number; types?: readonly string[] }): Promise<Fact[]> {
    const rows = await tx.sql<TextRow>(
      `${READ} WHERE f.org_id = $1 AND f.seq > $2 ${options.types ? 'AND f.type = ANY($4)' : ''}
       ORDER BY f.seq LIMIT $3`,
      options.types ? [tx.orgId, after, options.limit, options.types] : [tx.orgId, after, options.limit],
    );
    return rows.map(withTexts);
  }

  /** Everything that is about one subject, oldest first, those not sequenced yet included (`seq` 0). */
  async of(tx: Tx, subjectId: string, limit = 500): Promise<Fact[]> {
    // Each half reads its own index; with OR, all facts could be walked through in the order of their places.
    const rows = await tx.sql<TextRow>(
      `${READ} WHERE f.org_id = $1 AND f.position IN (
         SELECT position FROM facts WHERE org_id = $1 AND subject_id = $2
         UNION ALL SELECT position FROM facts WHERE org_id = $1 AND about <> '{}' AND about @> ARRAY[$2::uuid])
       ORDER BY f.position LIMIT $3`,
      [tx.orgId, subjectId, limit],
    );
    return rows.map(withTexts);
  }
}
