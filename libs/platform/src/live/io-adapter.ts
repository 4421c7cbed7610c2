import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter';
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'ioredis';
import { Pool } from 'pg';
import type { Server, ServerOptions } from 'socket.io';
import type { Env } from '#config/env';

/** A thousand fixes of a phone, the largest message there is. */
const MAX_MESSAGE_BYTES = 256 * 1024;
const ADMITTED_WITHIN_MS = 10_000;
/** Lines that are open without proof of who calls. */
const MAX_STRANGERS = 1_000;

/** A line of Engine.IO, which `LiveGateway` tells when its socket was let in. */
interface Line {
  once(event: 'close' | 'admitted', heard: () => void): unknown;
}

/**
 * Rooms shared by all API processes: over Redis streams when there is a Redis, over Postgres otherwise. A browser page
 * from another origin is refused unless ALLOWED_ORIGINS names it.
 */
export class SharedIoAdapter extends IoAdapter {
  private readonly closing: (() => Promise<unknown>)[] = [];
  private server: Server | null = null;
  private strangers = 0;

  constructor(
    app: INestApplicationContext,
    private readonly env: Env,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: ADMITTED_WITHIN_MS,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      serveClient: false,
      allowRequest: (request, decide) =>
        decide(null, this.sameOrigin(request.headers) && this.strangers < MAX_STRANGERS),
    } as ServerOptions) as Server;
    // Only `/live` is there; whoever joins nothing is cut off after ADMITTED_WITHIN_MS.
    server.use((_socket, next) => next(new Error('There is nothing here; connect to /live.')));
    server.engine.on('connection', (line: Line) => this.countStranger(line));
    server.adapter(this.shared());
    this.server = server;
    return server;
  }

  override async dispose(): Promise<void> {
    for (const namespace of this.server?._nsps.values() ?? []) {
      namespace.local.disconnectSockets(true);
      await namespace.adapter.close();
    }
    await super.dispose();
    await Promise.all(this.closing.map((end) => end().catch(() => undefined)));
  }

  /** A line counts as a stranger's until its socket was let in, or it is closed. */
  private countStranger(line: Line): void {
    this.strangers += 1;
    let counted = true;
    const known = () => {
      if (counted) this.strangers -= 1;
      counted = false;
    };
    line.once('close', known);
    line.once('admitted', known);
  }

  private sameOrigin(headers: { origin?: string; host?: string }): boolean {
    if (!headers.origin) return true; // not a browser page
    if (this.env.ALLOWED_ORIGINS.includes(headers.origin)) return true;
    try {
      return new URL(headers.origin).host === headers.host;
    } catch {
      return false;
    }
  }

  private shared() {
    if (this.env.REDIS_URL) {
      const redis = new ClosableRedis(this.env.REDIS_URL, { maxRetriesPerRequest: null });
      redis.on('error', () => undefined);
      this.closing.push(async () => redis.endAll());
      return createRedisAdapter(redis);
    }
    // The adapter takes a fresh client after a lost connection and forgets the old one, hence the large pool.
    const pool = new Pool({
      connectionString: this.env.DATABASE_URL,
      max: 2,
      application_name: 'doorstep-live',
    });
    pool.on('error', () => undefined);
    // It also leaves the client it listens with without an error handler: a lost connection must not end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
    this.closing.push(() => pool.end());
    return createPostgresAdapter(pool, { errorHandler: () => undefined });
  }
}

/**
 * The adapter reads on copies of the connection that it was given, and leaves them waiting (up to 5 s, or for ever once
 * Redis is gone) when it is closed.
 */
class ClosableRedis extends Redis {
  private readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override);
    this.copies.push(copy);
    return copy;
  }

  endAll(): void {
    for (const client of [...this.copies, this]) client.disconnect();
  }
}
