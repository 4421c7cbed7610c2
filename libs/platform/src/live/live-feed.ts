import { Injectable, Logger } from '@nestjs/common';
import { PgListener } from '../database/pg-listener.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Fact } from '../facts/fact.js';
import { FactLog } from '../facts/fact-log.js';
import { Pulse } from '../pulse.js';

type Listener = (orgId: string, facts: Fact[]) => void;

const PAGE = 1_000;

interface OrgFeed {
  seq: number;
  /** Serialises pushes and joins of one organisation, so that nobody misses a fact or gets it twice. */
  queue: Promise<unknown>;
}

/**
 * Follows the log of every organisation that somebody here is looking at, and hands on each fact once, in order. Every
 * API process reads for itself, so facts need no broker between processes.
 */
@Injectable()
export class LiveFeed {
  private readonly logger = new Logger(LiveFeed.name);
  private readonly orgs = new Map<string, OrgFeed>();
  private readonly listeners = new Set<Listener>();
  private readonly pulse = new Pulse({
    name: 'live feed',
    everyMs: 1_000,
    beat: () => this.beat(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: FactLog,
    private readonly listener: PgListener,
  ) {}

  onFacts(listener: Listener): void {
    this.listeners.add(listener);
  }

  async start(): Promise<void> {
    this.stopListening = await this.listener.listen('facts_sequenced', (payload) => {
      if (!payload || this.orgs.has((JSON.parse(payload) as { orgId: string }).orgId)) this.pulse.now();
    });
    this.pulse.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.pulse.stop();
  }

  /**
   * Reads what came after `after` up to where the feed stands, then calls `join` while the feed holds still.
   * `facts` is null when there are more than `most` of them: the client must load afresh.
   */
  async catchUp(
    orgId: string,
    options: { after: number | null; most: number },
    join: (caught: { seq: number; facts: Fact[] | null }) => Promise<void> | void,
  ): Promise<void> {
    const feed = await this.open(orgId);
    const turn = feed.queue.then(async () => {
      const { after, most } = options;
      const missed = after === null ? 0 : feed.seq - after;
      if (missed < 0 || missed > most) return join({ seq: feed.seq, facts: null });
      const facts: Fact[] = [];
      if (missed > 0)
        await this.uow.run(orgId, async (tx) => {
          let from = after!;
          while (from < feed.seq) {
            const page = await this.log.after(tx, from, { limit: Math.min(PAGE, feed.seq - from) });
            if (page.length === 0) break;
            facts.push(...page);
            from = page.at(-1)!.seq;
          }
        });
      return join({ seq: feed.seq, facts });
    });
    feed.queue = turn.catch(() => undefined);
    await turn;
  }

  private async open(orgId: string): Promise<OrgFeed> {
    const known = this.orgs.get(orgId);
    if (known) return known;
    const seq = await this.uow.run(orgId, (tx) => this.log.head(tx));
    const raced = this.orgs.get(orgId);
    if (raced) return raced;
    const feed = { seq, queue: Promise.resolve() };
    this.orgs.set(orgId, feed);
    return feed;
  }

  private async beat(): Promise<void> {
    await Promise.all([...this.orgs].map(([orgId, feed]) => this.push(orgId, feed)));
  }

  private push(orgId: string, feed: OrgFeed): Promise<unknown> {
    const turn = feed.queue.then(async () => {
      for (;;) {
        const facts = await this.uow.run(orgId, (tx) => this.log.after(tx, feed.seq, { limit: PAGE }));
        if (facts.length === 0) return;
        feed.seq = facts.at(-1)!.seq;
        for (const listener of this.listeners) listener(orgId, facts);
        if (facts.length < PAGE) return;
      }
    });
    feed.queue = turn.catch(() => undefined);
    return turn;
  }
}
