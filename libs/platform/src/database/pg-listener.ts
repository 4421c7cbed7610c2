import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Client } from 'pg';
import { Env } from '#config/env';

type Heard = (payload: string) => void;

/**
 * One connection a process that LISTENs. After a broken connection every listener is called once with an empty
 * payload, because something may have been said meanwhile.
 */
@Injectable()
export class PgListener implements OnModuleDestroy {
  private readonly logger = new Logger(PgListener.name);
  private readonly listeners = new Map<string, Set<Heard>>();
  private client: Client | null = null;
  private connecting: Promise<void> | null = null;
  private closed = false;

  constructor(private readonly env: Env) {}

  async listen(channel: string, heard: Heard): Promise<() => void> {
    const known = this.listeners.get(channel);
    if (known) known.add(heard);
    else this.listeners.set(channel, new Set([heard]));
    await this.connect();
    if (!known) await this.client?.query(`LISTEN ${channel}`).catch(() => undefined);
    return () => this.listeners.get(channel)?.delete(heard);
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => undefined);
  }

  private connect(): Promise<void> {
    if (this.client) return Promise.resolve();
    this.connecting ??= this.open().finally(() => {
      this.connecting = null;
    });
    return this.connecting;
  }

  private async open(again = false): Promise<void> {
    if (this.closed) return;
    const client = new Client({
      connectionString: this.env.DATABASE_URL,
      application_name: 'doorstep-listen',
    });
    const retry = () => {
      if (this.client === client) this.client = null;
      if (!this.closed && !this.connecting)
        setTimeout(() => {
          this.connecting ??= this.open(true).finally(() => {
            this.connecting = null;
          });
        }, 500).unref();
    };
    client.on('error', retry);
    client.on('end', retry);
    client.on('notification', ({ channel, payload }) => {
      for (const heard of this.listeners.get(channel) ?? []) heard(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
      this.client = client;
      if (again) for (const set of this.listeners.values()) for (const heard of set) heard('');
    } catch (error) {
      this.logger.warn(`cannot listen to the database yet: ${String(error)}`);
      this.connecting = null;
      retry();
    }
  }
}
