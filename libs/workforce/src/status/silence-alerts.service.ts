import { Injectable, type OnModuleInit } from '@nestjs/common';
import { maskName } from '#identity';
import { AlertSources, defineAlert, type FoundAlert } from '#platform';

const workerSilent = defineAlert('worker_silent', { masked: maskName });

/** The phones of workers on duty that have gone silent. */
@Injectable()
export class SilenceAlertsService implements OnModuleInit {
  constructor(private readonly sources: AlertSources) {}

  onModuleInit(): void {
    this.sources.register({
      name: 'workforce',
      list: (tx, most) =>
        tx.sql<FoundAlert>(
          `SELECT $4 AS kind, id AS subject, silent_since AS since, NULL AS "jobId", id AS "workerId", NULL AS "areaId",
                  extract(epoch FROM $2 - silent_since)::double precision AS seconds, name AS detail
           FROM workers WHERE org_id = $1 AND silent_since IS NOT NULL AND archived_at IS NULL
           ORDER BY silent_since DESC LIMIT $3`,
          [tx.orgId, tx.now, most, workerSilent],
        ),
    });
  }
}
