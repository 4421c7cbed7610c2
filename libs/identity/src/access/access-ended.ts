import { Injectable } from '@nestjs/common';
import { type Tx, Wake } from '#platform';

/** Whose access was revoked or changed: a session, all sessions of a user, or an API key (as `userId`). */
export interface Ended {
  orgId: string;
  userId?: string;
  sessionId?: string;
}

type Heard = (ended: Ended | null) => void;

export const ACCESS_ENDED = 'access_ended';

/** Announces revoked access: in this process at once, to others by NOTIFY. */
@Injectable()
export class AccessEnded {
  private readonly heard = new Set<Heard>();

  constructor(private readonly wake: Wake) {}

  /** Notifies all processes once the change is committed. */
  announce(tx: Tx, who: Omit<Ended, 'orgId'>): void {
    const ended = { orgId: tx.orgId, ...who };
    tx.afterCommit(() => {
      this.tell(ended);
      this.wake.send(ACCESS_ENDED, JSON.stringify(ended));
    });
  }

  listen(heard: Heard): void {
    this.heard.add(heard);
  }

  /** @internal null: notifications may have been missed. */
  tell(ended: Ended | null): void {
    for (const heard of this.heard) heard(ended);
  }
}
