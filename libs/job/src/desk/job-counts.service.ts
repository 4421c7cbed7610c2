import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { ATTENTIONS, type Attention } from './attention.js';
import { attentionSql } from './attention-sql.js';

/** Counted no further: nobody works through more, and to count a million takes longer than a desk should wait. */
const MAX_COUNTED = 10_000;

/** How many jobs want a dispatcher's attention, over all rows and not a page of them. */
@Injectable()
export class JobCountsService {
  /** At most `MAX_COUNTED` of each. `areaIds`: only jobs in these areas; empty: all jobs. */
  async byAttention(tx: Tx, areaIds: readonly string[]): Promise<Record<Attention, number>> {
    const counts = ATTENTIONS.map(
      (attention) =>
        `(SELECT count(*)::integer FROM (
            SELECT 1 FROM jobs job WHERE job.org_id = $1 AND ${attentionSql(attention, () => '$2')}
              AND (cardinality($3::uuid[]) = 0 OR job.area_id = ANY($3::uuid[]))
            LIMIT ${MAX_COUNTED}) AS counted) AS ${attention}`,
    );
    const [row] = await tx.sql<Record<Attention, number>>(`SELECT ${counts.join(', ')}`, [
      tx.orgId,
      tx.now,
      areaIds,
    ]);
    return row!;
  }
}
