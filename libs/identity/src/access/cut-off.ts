import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { LiveFeed, LiveGateway, PgListener } from '#platform';
import {
  ApiKeyRevoked,
  SessionRevoked,
  UserAreasChanged,
  UserDeleted,
  UserDisabled,
  UserRoleChanged,
  UserWorkerChanged,
} from '../identity.facts.js';
import { ACCESS_ENDED, AccessEnded, type Ended } from './access-ended.js';

const ENDS_ALL = [
  UserDisabled,
  UserDeleted,
  UserRoleChanged,
  UserWorkerChanged,
  UserAreasChanged,
  ApiKeyRevoked,
];

/**
 * Disconnects the sockets of revoked sessions in every API process: at once by NOTIFY, and again when the fact arrives through
 * the log, which cannot be missed. A user whose role changed reconnects into other rooms.
 */
@Injectable()
export class CutOff implements OnModuleInit {
  constructor(
    private readonly ended: AccessEnded,
    private readonly listener: PgListener,
    private readonly feed: LiveFeed,
    @Optional() private readonly gateway?: LiveGateway,
  ) {}

  async onModuleInit(): Promise<void> {
    const { gateway } = this;
    if (!gateway) return;
    this.ended.listen((who) => {
      if (who) this.cut(who);
    });
    this.feed.onFacts((orgId, facts) => {
      for (const fact of facts) {
        if (SessionRevoked.is(fact)) this.cut({ orgId, sessionId: fact.subjectId });
        else if (ENDS_ALL.some((type) => type.type === fact.type))
          this.cut({ orgId, userId: fact.subjectId });
      }
    });
    await this.listener.listen(ACCESS_ENDED, (payload) =>
      this.ended.tell(payload ? (JSON.parse(payload) as Ended) : null),
    );
  }

  private cut({ orgId, userId, sessionId }: Ended): void {
    this.gateway?.disconnect(orgId, { userId, sessionId }, 'revoked');
  }
}
