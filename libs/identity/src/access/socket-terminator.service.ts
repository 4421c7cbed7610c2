import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { LiveFeed, LiveGateway, PgListener } from '#platform';
import {
  apiKeyRevoked,
  sessionRevoked,
  userAreasChanged,
  userDeleted,
  userDisabled,
  userRoleChanged,
  userWorkerChanged,
} from '../identity.facts.js';
import { ACCESS_REVOKED, AccessRevokedService, type Revocation } from './access-revoked.service.js';

const REVOKING_FACTS = [
  userDisabled,
  userDeleted,
  userRoleChanged,
  userWorkerChanged,
  userAreasChanged,
  apiKeyRevoked,
];

/**
 * Disconnects the sockets of revoked sessions in every API process: at once by NOTIFY, and again when the fact arrives through
 * the log, which cannot be missed. A user whose role changed reconnects into other rooms.
 */
@Injectable()
export class SocketTerminatorService implements OnModuleInit {
  constructor(
    private readonly accessRevoked: AccessRevokedService,
    private readonly listener: PgListener,
    private readonly feed: LiveFeed,
    @Optional() private readonly gateway?: LiveGateway,
  ) {}

  async onModuleInit(): Promise<void> {
    const { gateway } = this;
    if (!gateway) return;
    this.accessRevoked.listen((who) => {
      if (who) this.terminate(who);
    });
    this.feed.onFacts((orgId, facts) => {
      for (const fact of facts) {
        if (sessionRevoked.is(fact)) this.terminate({ orgId, sessionId: fact.subjectId });
        else if (REVOKING_FACTS.some((type) => type.type === fact.type))
          this.terminate({ orgId, userId: fact.subjectId });
      }
    });
    await this.listener.listen(ACCESS_REVOKED, (payload) =>
      this.accessRevoked.notify(payload ? (JSON.parse(payload) as Revocation) : null),
    );
  }

  private terminate({ orgId, userId, sessionId }: Revocation): void {
    this.gateway?.disconnect(orgId, { userId, sessionId }, 'revoked');
  }
}
