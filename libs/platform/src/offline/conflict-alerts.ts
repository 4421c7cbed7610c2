import { Injectable, type OnModuleInit } from '@nestjs/common';
import { defineAlert, type FoundAlert } from '../alerts/alert.js';
import { AlertSources } from '../alerts/alert-sources.js';

const conflict = defineAlert('conflict', { masked: 'plain' });

/** What somebody recorded offline and nobody has decided yet. */
@Injectable()
export class ConflictAlerts implements OnModuleInit {
  constructor(private readonly sources: AlertSources) {}

  onModuleInit(): void {
    this.sources.register({
      name: 'offline',
      list: (tx, most) =>
        tx.sql<FoundAlert>(
          `SELECT $3 AS kind, id AS subject, received_at AS since,
                  CASE subject_type WHEN 'job' THEN subject_id END AS "jobId", worker_id AS "workerId",
                  CASE subject_type WHEN 'job' THEN NULL ELSE area_id END AS "areaId", NULL AS seconds, code AS detail
           FROM conflicts WHERE org_id = $1 AND resolved_at IS NULL ORDER BY received_at DESC LIMIT $2`,
          [tx.orgId, most, conflict],
        ),
    });
  }
}
