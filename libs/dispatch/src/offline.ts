import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OperationKinds } from '#job';
import { Invalid, isId } from '#kernel';
import { Desk } from './desk.service.js';
import { DECLINE_REASONS, type DeclineReason } from './offer.entity.js';
import { Offers } from './offers.service.js';

/** What a phone may have recorded offline that concerns offers and assignments. */
@Injectable()
export class OfflineDispatch implements OnModuleInit {
  constructor(
    private readonly kinds: OperationKinds,
    private readonly offers: Offers,
    private readonly desk: Desk,
  ) {}

  onModuleInit(): void {
    this.kinds.registerAnswer('accept', async (tx, { jobId, workerId, data }) => {
      const offerId = offerOf(data);
      await this.offers.mustConcern(tx, { offerId, workerId, jobId });
      await this.offers.accept(tx, offerId, workerId);
    });
    this.kinds.registerAnswer('decline', async (tx, { jobId, workerId, data, reason }) => {
      const offerId = offerOf(data);
      await this.offers.mustConcern(tx, { offerId, workerId, jobId });
      if (!DECLINE_REASONS.includes(reason as DeclineReason))
        throw Invalid.field('reason', `must be one of ${DECLINE_REASONS.join(', ')}`);
      await this.offers.decline(tx, offerId, workerId, reason as DeclineReason);
    });
    this.kinds.register('release', async (tx, { jobId, workerId, reason }) => {
      if (!reason) throw Invalid.field('reason', 'a reason is required');
      await this.desk.mustHold(tx, jobId, workerId);
      await this.desk.release(tx, { jobId, reason });
    });
  }
}

function offerOf(data: Record<string, unknown>): string {
  const offerId = data.offerId;
  if (!isId(offerId)) throw Invalid.field('data.offerId', 'must be the id of the offer');
  return offerId;
}
