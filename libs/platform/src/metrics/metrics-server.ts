import { createServer, type Server } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Env } from '#config/env';
import { Metrics } from './metrics.js';

/** `/metrics` on a port of its own, which is opened to the scraper and to nobody else. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private server: Server | null = null;

  constructor(
    private readonly env: Env,
    private readonly metrics: Metrics,
  ) {}

  /** @throws EADDRINUSE. Answers the port, or null without METRICS_PORT. */
  async start(): Promise<number | null> {
    const { METRICS_PORT, METRICS_HOST } = this.env;
    if (METRICS_PORT === undefined) return null;
    const server = createServer((request, response) => {
      if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
      this.metrics.registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(METRICS_PORT, METRICS_HOST, resolve);
    });
    return (server.address() as { port: number }).port;
  }

  onApplicationShutdown(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
