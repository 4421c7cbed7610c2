import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from './metrics.js';

/** What keeps a part of the work from going on although the process is well. */
const KINDS = {
  parked_facts: 'Facts that a handler could not apply and that wait for a person, by handler',
  waiting_facts: 'Facts that are tried again or wait behind one that is set aside, by handler',
  stopped_handlers:
    'Organisations for which a handler stopped because too many facts are set aside, by handler',
  failing_deadlines: 'Deadlines that failed five times or more, by kind',
  stalled_logs: 'Organisations whose facts cannot be sequenced',
  broken_logs: 'Organisations whose log does not agree with its last checkpoint',
} as const;
type Kind = keyof typeof KINDS;

/** Waiting facts alone are no trouble: they are tried again by themselves. */
const DEGRADED: readonly Kind[] = [
  'parked_facts',
  'stopped_handlers',
  'failing_deadlines',
  'stalled_logs',
  'broken_logs',
];

export interface Trouble {
  kind: Kind;
  name: string;
  count: number;
}

/** Probes ask often; the answer is the same for so long. */
const KEPT_MS = 5_000;

/** Counts over all organisations, without saying which. */
@Injectable()
export class Troubles {
  private kept: { until: number; answer: Promise<Trouble[]> } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    metrics: Metrics,
  ) {
    for (const [kind, help] of Object.entries(KINDS))
      metrics.gauges(kind, help, 'name', async () =>
        Object.fromEntries(
          (await this.all()).filter((one) => one.kind === kind).map(({ name, count }) => [name, count]),
        ),
      );
  }

  /** What an operator should look at. @throws when the database does not answer */
  async list(): Promise<Trouble[]> {
    return (await this.all()).filter(({ kind, count }) => DEGRADED.includes(kind) && count > 0);
  }

  private all(): Promise<Trouble[]> {
    if (!this.kept || this.kept.until < Date.now()) {
      const answer = this.ask();
      const kept = { until: Date.now() + KEPT_MS, answer };
      this.kept = kept;
      answer.catch(() => {
        if (this.kept === kept) this.kept = null;
      });
    }
    return this.kept.answer;
  }

  private async ask(): Promise<Trouble[]> {
    const rows: { kind: Kind; name: string; count: string }[] = await this.dataSource.query(
      'SELECT kind, name, count FROM trouble_counts()',
    );
    return rows.map(({ kind, name, count }) => ({ kind, name, count: Number(count) }));
  }
}
