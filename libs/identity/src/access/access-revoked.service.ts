import { Injectable } from '@nestjs/common';
import { PgNotifier, type Tx } from '#platform';

/** Whose access was revoked or changed: a session, all sessions of a user, or an API key (as `userId`). */
export interface Revocation {
  orgId: string;
  userId?: string;
  sessionId?: string;
}

type RevocationListener = (ended: Revocation | null) => void;

export const ACCESS_REVOKED = 'access_ended';

/** Announces revoked access: in this process at once, to others by NOTIFY. */
@Injectable()
export class AccessRevokedService {
  private readonly heard = new Set<RevocationListener>();

  constructor(private readonly notifier: PgNotifier) {}

  /** Notifies all processes once the change is committed. */
  announce(tx: Tx, who: Omit<Revocation, 'orgId'>): void {
    const ended = { orgId: tx.orgId, ...who };
    tx.afterCommit(() => {
      this.notify(ended);
      this.notifier.notify(ACCESS_REVOKED, JSON.stringify(ended));
    });
  }

  listen(heard: RevocationListener): void {
    this.heard.add(heard);
  }

  /** @internal null: notifications may have been missed. */
  notify(ended: Revocation | null): void {
    for (const heard of this.heard) heard(ended);
  }
}
