import { Inject, Injectable, Optional } from '@nestjs/common';
import { AUTHENTICATOR, type Authenticator, type Principal } from '../auth/principal.js';
import type { Actor } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { maySee } from '../live/live-view.js';
import { viewersOf } from '../live/rooms.js';
import { presentFact } from './fact.js';
import { FactLog } from './fact-log.js';

export interface TimelineEntry {
  id: string;
  /** Null for a moment, until it has its place in the log. */
  seq: number | null;
  type: string;
  occurredAt: Date;
  recordedAt: Date;
  actor: Actor;
  data: Record<string, unknown>;
}

/** What is known of one thing, whichever stage announced it. */
@Injectable()
export class Timelines {
  constructor(
    private readonly log: FactLog,
    // A process without identity has no callers either.
    @Optional() @Inject(AUTHENTICATOR) private readonly authenticator?: Authenticator,
  ) {}

  /** Oldest first, each as the caller may see it. Whether they may see the subject is asked before. */
  async of(tx: Tx, caller: Principal, subjectId: string): Promise<TimelineEntry[]> {
    const facts = await this.log.of(tx, subjectId);
    return facts.flatMap((fact): TimelineEntry[] => {
      if (!this.authenticator || !maySee(caller, fact, this.authenticator)) return [];
      const data = viewersOf(caller)
        .map((viewer) => presentFact(fact, viewer))
        .find((shown) => shown !== null);
      if (!data) return [];
      const { id, seq, type, occurredAt, recordedAt, actor } = fact;
      return [
        { id, seq: seq || null, type, occurredAt, recordedAt, actor, data: data as Record<string, unknown> },
      ];
    });
  }
}
