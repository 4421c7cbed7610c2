import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

/**
 * Notifies other processes by NOTIFY that there is work in Postgres. Only a hint: it is sent after the commit (so that commits do
 * not queue for the notification lock), batched, and lost notifications are found by sweeps.
 */
@Injectable()
export class PgNotifier implements OnModuleDestroy {
  private readonly logger = new Logger(PgNotifier.name);
  private pending = new Set<string>();
  private sending: Promise<void> | null = null;

  constructor(private readonly dataSource: DataSource) {}

  factsRecorded(): void {
    this.notify('facts_recorded');
  }

  notify(channel: string, payload = ''): void {
    this.pending.add(JSON.stringify([channel, payload]));
    this.sending ??= this.drain();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sending;
  }

  private async drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.pending.size > 0) {
      const batch = [...this.pending].map((item) => JSON.parse(item) as [string, string]);
      this.pending = new Set();
      try {
        await this.dataSource.query(`SELECT pg_notify(c, p) FROM unnest($1::text[], $2::text[]) AS w(c, p)`, [
          batch.map(([channel]) => channel),
          batch.map(([, payload]) => payload),
        ]);
      } catch (error) {
        this.logger.warn(`a wake-up was lost, the sweep will find the work: ${String(error)}`);
      }
    }
    this.sending = null;
  }
}
