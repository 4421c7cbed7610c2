import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { JobsService } from '#job';
import { NotFound } from '#kernel';
import { Caller, Can, IdParam, type Principal, SignedIn, UnitOfWork } from '#platform';
import { DECLINE_REASONS, type DeclineReason, type Offer } from './offer.entity.js';
import { OffersService } from './offers.service.js';

class OfferedJob {
  @ApiProperty() id: string;
  @ApiProperty({ type: 'integer' }) number: number;
  @ApiProperty() address: string;
  @ApiProperty() lat: number;
  @ApiProperty() lon: number;
  @ApiProperty() durationSeconds: number;
  @ApiProperty() priority: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowStart: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) windowEnd: Date | null;
  @ApiProperty({ type: String, nullable: true }) serviceTypeId: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) areaId: string | null;
}

class OfferView {
  @ApiProperty() id: string;
  @ApiProperty() jobId: string;
  @ApiProperty({ enum: ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] }) state: string;
  @ApiProperty() wave: number;
  @ApiProperty({ format: 'date-time' }) offeredAt: Date;
  @ApiProperty({ format: 'date-time' }) expiresAt: Date;
  @ApiProperty({ type: Number, nullable: true, description: 'metres, straight line' }) distanceMetres:
    | number
    | null;
  @ApiProperty({ type: Number, nullable: true, description: 'seconds, estimated' }) travelSeconds:
    | number
    | null;
  @ApiProperty({ description: 'why this worker, in a sentence' }) why: string;
  @ApiProperty({ type: OfferedJob }) job: OfferedJob;
}

class OfferList {
  @ApiProperty({ type: [OfferView] }) items: OfferView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

class Accepted {
  @ApiProperty() offerId: string;
  @ApiProperty() jobId: string;
  @ApiProperty({ description: 'the version of the job, now assigned' }) jobVersion: number;
}

class Declined {
  @ApiProperty() offerId: string;
  @ApiProperty({ enum: ['declined'] }) state: string;
}

class DeclineBody {
  @ApiProperty({ enum: DECLINE_REASONS })
  @IsIn(DECLINE_REASONS)
  reason: DeclineReason;
}

/** The worker of a caller; anyone else has no offers. */
function workerOf(principal: Principal): string {
  if (!principal.workerId) throw new NotFound('offer');
  return principal.workerId;
}

@ApiTags('offers')
@Controller({ version: '1' })
export class OffersController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly offers: OffersService,
    private readonly jobs: JobsService,
  ) {}

  /** What is offered to me now. */
  @Get('me/offers')
  @SignedIn()
  @ApiOkResponse({ type: OfferList })
  async mine(@Caller() caller: Principal): Promise<OfferList> {
    if (!caller.workerId || caller.isSuspended) return { items: [], nextCursor: null };
    return this.uow.run(caller.orgId, async (tx) => {
      const pending = await this.offers.pendingOf(tx, workerOf(caller));
      const items: OfferView[] = [];
      for (const offer of pending) items.push(view(offer, await this.jobs.get(tx, offer.jobId)));
      return { items, nextCursor: null };
    });
  }

  /** Exactly one worker wins a job: 409 OFFER_TAKEN for the others. */
  @Post('offers/:id/accept')
  @HttpCode(200)
  @Can('accept', 'Offer')
  @ApiOkResponse({ type: Accepted })
  accept(@Caller() caller: Principal, @IdParam('id') id: string): Promise<Accepted> {
    return this.uow.run(caller.orgId, async (tx) => {
      const { offer, jobVersion } = await this.offers.accept(tx, id, workerOf(caller));
      return { offerId: offer.id, jobId: offer.jobId, jobVersion };
    });
  }

  @Post('offers/:id/decline')
  @HttpCode(200)
  @Can('decline', 'Offer')
  @ApiOkResponse({ type: Declined })
  decline(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: DeclineBody,
  ): Promise<Declined> {
    return this.uow.run(caller.orgId, async (tx) => {
      const offer = await this.offers.decline(tx, id, workerOf(caller), body.reason);
      return { offerId: offer.id, state: offer.state };
    });
  }
}

function view(offer: Offer, job: OfferedJob): OfferView {
  const { id, jobId, state, wave, offeredAt, expiresAt, distanceMetres, travelSeconds } = offer;
  const { address, lat, lon, durationSeconds, priority, windowStart, windowEnd } = job;
  const { serviceTypeId, areaId, number } = job;
  return {
    id,
    jobId,
    state,
    wave,
    offeredAt,
    expiresAt,
    distanceMetres,
    travelSeconds,
    why: String(offer.reasons.why ?? ''),
    job: {
      id: jobId,
      number,
      address,
      lat,
      lon,
      durationSeconds,
      priority,
      windowStart,
      windowEnd,
      serviceTypeId,
      areaId,
    },
  };
}
