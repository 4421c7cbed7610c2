import { Body, Controller, Get, HttpCode, type OnModuleInit, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { authorize, seesMasked } from '#identity';
import { Conflict, Invalid, NotFound } from '#kernel';
import {
  Caller,
  Can,
  Cost,
  IdParam,
  LargeBody,
  LiveCommands,
  OwnTransaction,
  type Principal,
  UnitOfWork,
} from '#platform';
import { WorkforceService } from '../status/workforce.service.js';
import { type FixReceipt, readFixBatch } from './fix-batch.server.js';
import { FixBatchBody, FixReceiptView, PositionList, TrackQuery, TrackView } from './position.dto.js';
import { PositionIngestService } from './position-ingest.service.js';

const LONGEST_TRACK_MS = 7 * 86_400_000;

@ApiTags('positions')
@Controller({ version: '1' })
export class PositionController implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly workforce: WorkforceService,
    private readonly ingest: PositionIngestService,
    private readonly commands: LiveCommands,
  ) {}

  onModuleInit(): void {
    this.commands.register({
      event: 'positions',
      action: 'report',
      subject: 'Position',
      cost: 'light',
      handle: (payload, { principal }) => this.take(principal, payload),
    });
  }

  /** Fixes of the caller's own phone, up to 1,000. Sending the same again is harmless, in any order. */
  @Post('me/positions')
  @HttpCode(200)
  @OwnTransaction()
  @Can('report', 'Position')
  @Cost('light')
  @LargeBody({ maxBytes: 512 * 1024, maxValues: 20_000 })
  @ApiBody({ type: FixBatchBody })
  @ApiOkResponse({ type: FixReceiptView })
  report(@Caller() principal: Principal, @Body() body: unknown): Promise<FixReceiptView> {
    return this.take(principal, body);
  }

  /** Where everybody is, for the first drawing of the map; `watch` on the live channel says what changes. */
  @Get('positions')
  @Can('read', 'Position')
  @ApiOkResponse({ type: PositionList })
  latest(@Caller() { orgId }: Principal): Promise<PositionList> {
    return this.uow.run(orgId, async (tx) => ({ items: await this.workforce.latestPositions(tx) }));
  }

  /** Where a worker was, for replay. */
  @Get('workers/:id/track')
  @Can('read', 'Worker')
  @ApiOkResponse({ type: TrackView })
  track(
    @Caller() principal: Principal,
    @IdParam('id') id: string,
    @Query() { from, to, limit }: TrackQuery,
  ): Promise<TrackView> {
    if (!(to.getTime() - from.getTime() <= LONGEST_TRACK_MS && to >= from))
      throw Invalid.field('to', 'must come after from, by at most 7 days', '7 days');
    if (seesMasked(principal.role)) throw new NotFound('worker');
    return this.uow.run(principal.orgId, async (tx) => {
      const worker = await this.workforce.worker(tx, id);
      authorize(principal, 'read', 'Worker', worker);
      const points = await this.workforce.track(tx, id, { from, to, limit: limit + 1 });
      return { points: points.slice(0, limit), nextFrom: points[limit]?.fixAt ?? null };
    });
  }

  private take({ orgId, workerId }: Principal, body: unknown): Promise<FixReceipt> {
    if (!workerId) throw new Conflict('NOT_A_WORKER', 'This account belongs to no worker.');
    return this.ingest.submit(orgId, workerId, readFixBatch(body));
  }
}
