import { Injectable } from '@nestjs/common';
import { deleteOlder, ERASED_NAME, Erasure, Retention } from '#platform';

/** What workforce forgets of workers, and when. Positions have a keeping time of their own (`positions.keepDays`). */
@Injectable()
export class WorkforceRetention {
  constructor(retention: Retention, erasure: Erasure) {
    retention.add(
      { tables: ['time_off'], setting: 'hoursDays', sweep: deleteOlder('time_off', 'to_at') },
      { tables: ['shift_exceptions'], setting: 'hoursDays', sweep: deleteOlder('shift_exceptions', 'date') },
    );
    erasure.add({
      worker: async (tx, { id }) => {
        const of = [tx.orgId, id];
        await tx.sql(
          `UPDATE workers SET name = $3, phone = NULL, external_ref = NULL, vehicle = NULL, languages = '{}',
             equipment = '{}', version = version + 1, updated_at = $4 WHERE org_id = $1 AND id = $2`,
          [...of, ERASED_NAME, tx.now],
        );
        for (const table of [
          'worker_positions',
          'position_fixes',
          'quarantined_fixes',
          'time_off',
          'shift_exceptions',
          'shifts',
          'worker_skills',
        ])
          await tx.sql(`DELETE FROM ${table} WHERE org_id = $1 AND worker_id = $2`, of);
      },
    });
  }
}
