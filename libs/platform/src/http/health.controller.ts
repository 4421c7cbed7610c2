import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, HttpCode, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Env } from '#config/env';
import { DomainError } from '#kernel';
import { Public } from '../auth/access.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Metrics } from '../metrics/metrics.js';
import { Troubles } from '../metrics/troubles.js';
import { WorkQueues } from '../queues/work-queues.js';
import { Cost, Shares } from '../shares/shares.js';

/** Takes as long for one letter that is wrong as for all. */
const sameText = (a: string, b: string) => {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
};

@ApiExcludeController()
@Public()
@Cost('none')
@Controller({ version: VERSION_NEUTRAL })
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
    private readonly troubles: Troubles,
    private readonly env: Env,
    queues: WorkQueues,
    live: LiveGateway,
    shares: Shares,
  ) {
    metrics.gauge('live_sockets', 'Sockets on the live channel of this process', () => live.sockets);
    metrics.gauges(
      'requests_waiting',
      'Requests waiting for their share, by class of cost',
      'cost',
      async () => shares.waiting,
    );
    metrics.gauges('queue_depth', 'Wake-ups waiting or being worked on', 'queue', () => queues.depths());
    metrics.gauges('open_runs', 'Background runs queued or running, by kind', 'kind', async () => {
      const rows: { kind: string; n: string }[] = await dataSource.query('SELECT * FROM open_runs()');
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)]));
    });
    metrics.gauges(
      'fact_lag',
      'Facts not yet sequenced (relay) or not yet handled, by reader',
      'reader',
      async () => {
        const rows: { reader: string; behind: string }[] = await dataSource.query(
          'SELECT * FROM fact_backlog()',
        );
        return Object.fromEntries(rows.map(({ reader, behind }) => [reader, Number(behind)]));
      },
    );
  }

  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @HttpCode(200)
  async ready(@Res({ passthrough: true }) response: Response) {
    try {
      await this.dataSource.query('SELECT 1');
      // Still 200: every api process sees the same troubles, so a balancer that left them out would leave nobody.
      const degraded = await this.troubles.list().catch(() => []);
      return degraded.length > 0 ? { status: 'degraded', degraded } : { status: 'ok' };
    } catch {
      response.status(503);
      return { status: 'unavailable', reason: 'the database does not answer' };
    }
  }

  /** On the public port for the holder of METRICS_TOKEN alone; METRICS_PORT serves them without. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  async scrape(@Headers('authorization') authorization: string | undefined) {
    const { METRICS_TOKEN } = this.env;
    if (!METRICS_TOKEN || !sameText(authorization ?? '', `Bearer ${METRICS_TOKEN}`))
      throw new DomainError('NOT_FOUND', 404, 'Cannot GET /metrics');
    return this.metrics.registry.metrics();
  }
}
