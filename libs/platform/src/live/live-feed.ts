import { Injectable, Logger } from '@nestjs/common';
import { PgListener } from '../database/pg-listener.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Fact } from '../facts/fact.js';
import { FactHops } from '../facts/fact-hops.js';
import { FactLog } from '../facts/fact-log.js';
import { PeriodicTask } from '../periodic-task.js';

type Listener = (orgId: string, facts: Fact[]) => void;

const PAGE = 1_000;
/** Few enough to present and send in one turn. */
const REPLAY_PAGE = 250;
/** So few are read while the feed waits. */
const SOON_READ = 50;

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
  private readonly task = new PeriodicTask({
    name: 'live feed',
    everyMs: 1_000,
    run: () => this.runOnce(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: FactLog,
    private readonly listener: PgListener,
    private readonly hops: FactHops,
  ) {}

  onFacts(listener: Listener): void {
    this.listeners.add(listener);
  }

  async start(): Promise<void> {
    this.stopListening = await this.listener.listen('facts_sequenced', (payload) => {
      if (!payload || this.orgs.has((JSON.parse(payload) as { orgId: string }).orgId)) this.task.trigger();
    });
    this.task.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.task.stop();
  }

  /**
   * Hands what came after `after` to `replay`, page by page, then calls `join` while the feed holds still. `afresh` when
   * there are more than `most` of them: nothing is replayed, the client must load afresh.
   */
  async catchUp(
    orgId: string,
    options: { after: number | null; most: number; replay: (facts: Fact[]) => Promise<void> },
    join: (caught: { seq: number; afresh: boolean }) => Promise<void> | void,
  ): Promise<void> {
    const feed = await this.open(orgId);
    const { after, most } = options;
    let from = after ?? feed.seq;
    const missed = feed.seq - from;
    const loadAfresh = missed < 0 || missed > most;
    // Almost all of it is read beside the feed, which goes on for everybody else.
    while (!loadAfresh && feed.seq - from > SOON_READ) {
      const before = from;
      from = await this.replay(orgId, from, feed.seq, options.replay);
      if (from === before) break;
    }
    const turn = feed.queue.then(async () => {
      if (loadAfresh) return join({ seq: feed.seq, afresh: true });
      while (from < feed.seq) {
        const before = from;
        from = await this.replay(orgId, from, feed.seq, options.replay);
        if (from === before) break;
      }
      return join({ seq: feed.seq, afresh: false });
    });
    feed.queue = turn.catch(() => undefined);
    await turn;
  }

  /** One page; answers up to where it reached. */
  private async replay(
    orgId: string,
    from: number,
    to: number,
    give: (facts: Fact[]) => Promise<void>,
  ): Promise<number> {
    const page = await this.uow.run(orgId, (tx) =>
      this.log.after(tx, from, { limit: Math.min(REPLAY_PAGE, to - from) }),
    );
    if (page.length > 0) await give(page);
    return page.at(-1)?.seq ?? from;
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

  private async runOnce(): Promise<void> {
    await Promise.all([...this.orgs].map(([orgId, feed]) => this.push(orgId, feed)));
  }

  private push(orgId: string, feed: OrgFeed): Promise<unknown> {
    const turn = feed.queue.then(async () => {
      for (;;) {
        const facts = await this.uow.run(orgId, (tx) => this.log.after(tx, feed.seq, { limit: PAGE }));
        if (facts.length === 0) return;
        feed.seq = facts.at(-1)!.seq;
        for (const listener of this.listeners) listener(orgId, facts);
        this.hops.reached('sent', facts[0]);
        if (facts.length < PAGE) return;
      }
    });
    feed.queue = turn.catch(() => undefined);
    return turn;
  }
}
