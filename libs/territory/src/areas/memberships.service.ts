import { Injectable } from '@nestjs/common';
import { NIL_ID, newId } from '#kernel';
import { inSlices, type Tx } from '#platform';
import { AreaIndexesService } from './area-indexes.service.js';

const PAGE = 5_000;

/** Keeps `area_id` of every site and community what the areas of the moment say. */
@Injectable()
export class MembershipsService {
  constructor(private readonly indexes: AreaIndexesService) {}

  /** Call before reading what is about to change: one change of an organisation's areas at a time. */
  async begin(tx: Tx): Promise<void> {
    await tx.sql(
      `INSERT INTO area_stamps (org_id, stamp) VALUES ($1, $2) ON CONFLICT (org_id) DO UPDATE SET stamp = excluded.stamp`,
      [tx.orgId, newId()],
    );
  }

  /** Call after the areas were written. @returns how many doors changed their area. */
  async refresh(tx: Tx): Promise<number> {
    return (await this.refreshTable(tx, 'sites')) + (await this.refreshTable(tx, 'communities'));
  }

  private async refreshTable(tx: Tx, table: 'sites' | 'communities'): Promise<number> {
    const index = await this.indexes.of(tx);
    let after: string = NIL_ID;
    let changed = 0;
    for (;;) {
      const rows = await tx.sql<{ id: string; lat: number; lon: number; areaId: string | null }>(
        `SELECT id, lat, lon, area_id AS "areaId" FROM ${table} WHERE id > $1 AND archived_at IS NULL ORDER BY id LIMIT ${PAGE}`,
        [after],
      );
      const moved: { id: string; is: string | null }[] = [];
      await inSlices(rows, (row) => {
        const is = index.at(row)?.id ?? null;
        if (is !== row.areaId) moved.push({ id: row.id, is });
      });
      if (moved.length > 0)
        await tx.sql(
          `UPDATE ${table} t SET area_id = m.area_id, version = version + 1, updated_at = $3
           FROM unnest($1::uuid[], $2::uuid[]) AS m(id, area_id) WHERE t.id = m.id`,
          [moved.map((m) => m.id), moved.map((m) => m.is), tx.now],
        );
      changed += moved.length;
      if (rows.length < PAGE) return changed;
      after = rows.at(-1)!.id;
    }
  }
}
