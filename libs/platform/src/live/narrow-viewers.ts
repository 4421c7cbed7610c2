import { Injectable, Logger } from '@nestjs/common';
import type { Principal } from '../auth/principal.js';
import { requestContext, SYSTEM } from '../database/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Fact, OfficeRole } from '../facts/fact.js';
import { isNarrow, isOffice, ownRoom } from './rooms.js';

export interface NarrowViewer {
  principal: Principal;
  room: string;
  role: OfficeRole;
}

/**
 * Area managers on the live channel, who see less than the rest of their role. Each has a room of their own; what they may see
 * of the log the database says, by the same rule as in the journal.
 */
@Injectable()
export class NarrowViewers {
  private readonly logger = new Logger(NarrowViewers.name);
  private readonly viewers = new Map<string, NarrowViewer>();
  /** Facts reach a viewer in their order. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly uow: UnitOfWork) {}

  enter(principal: Principal): void {
    const { role } = principal;
    if (!isNarrow(principal) || !isOffice(role)) return;
    const room = ownRoom(principal.orgId, principal.id);
    this.viewers.set(room, { principal, room, role });
  }

  /** Calls `send` for each viewer who is here, in turn, with the places of the facts that they may see. */
  each(
    orgId: string,
    facts: Fact[],
    isHere: (room: string) => boolean,
    send: (viewer: NarrowViewer, seen: Set<number>) => void,
  ): void {
    const here: NarrowViewer[] = [];
    // Of this organisation only: while its facts are handed out nobody of it is on the way into a room.
    for (const viewer of this.viewers.values())
      if (viewer.principal.orgId === orgId) {
        if (isHere(viewer.room)) here.push(viewer);
        else this.viewers.delete(viewer.room);
      }
    if (here.length === 0) return;
    this.turn = this.turn.then(async () => {
      for (const viewer of here)
        try {
          send(viewer, await this.seen(viewer.principal, facts));
        } catch (error) {
          // Their page notices the gap in the log and asks again.
          this.logger.warn(`facts for one who sees less: ${String(error)}`);
        }
    });
  }

  /** The places of those of `facts` that are not kept from this caller, whatever their role sees of them. */
  async seen(principal: Principal, facts: Fact[]): Promise<Set<number>> {
    const places = facts.map(({ seq }) => seq);
    const { orgId, areaIds } = principal;
    if (!areaIds) return new Set(places);
    const rows = await requestContext.run({ actor: SYSTEM, areaIds }, () =>
      this.uow.run(orgId, (tx) =>
        tx.sql<{ seq: string }>(`SELECT seq FROM facts WHERE org_id = $1 AND seq = ANY($2::bigint[])`, [
          orgId,
          places,
        ]),
      ),
    );
    return new Set(rows.map(({ seq }) => Number(seq)));
  }
}
