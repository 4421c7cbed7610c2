import { Injectable } from '@nestjs/common';
import { deleteOlder, Erasure, Retention } from '#platform';

/** What identity forgets of people, and when. */
@Injectable()
export class IdentityRetention {
  constructor(retention: Retention, erasure: Erasure) {
    retention.add({
      tables: ['sessions'],
      setting: 'sessionDays',
      wall: true,
      sweep: deleteOlder('sessions', 'least(ended_at, expires_at)'),
    });
    retention.add({
      tables: ['private_links'],
      setting: 'sessionDays',
      wall: true,
      sweep: deleteOlder('private_links', 'least(revoked_at, expires_at)'),
    });
    erasure.add({
      user: async (tx, { id }) => {
        await tx.sql(`DELETE FROM sessions WHERE org_id = $1 AND user_id = $2`, [tx.orgId, id]);
      },
    });
  }
}
