import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { ATTENTIONS, type Attention } from './attention.js';
import { attentionSql } from './attention-sql.js';

/** How many jobs want a dispatcher's attention, over all rows and not a page of them. */
@Injectable()
export class JobCountsService {
  /** `areaIds`: only jobs in these areas; empty: all jobs. */
  async byAttention(tx: Tx, areaIds: readonly string[]): Promise<Record<Attention, number>> {
    const counts = ATTENTIONS.map(
      (attention) => `count(*) FILTER (WHERE ${attentionSql(attention, '$2')})::integer AS ${attention}`,
    );
    const [row] = await tx.sql<Record<Attention, number>>(
      `SELECT ${counts.join(', ')} FROM jobs job
       WHERE job.org_id = $1 AND job.state NOT IN ('completed', 'closed', 'cancelled')
         AND (cardinality($3::uuid[]) = 0 OR job.area_id = ANY($3::uuid[]))`,
      [tx.orgId, tx.now, areaIds],
    );
    return row!;
  }
}
