import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OperationKindsService } from '#job';
import { Invalid, isId } from '#kernel';
import { ManualDispatchService } from '../manual/manual-dispatch.service.js';
import { DECLINE_REASONS, type DeclineReason } from './offer.entity.js';
import { OffersService } from './offers.service.js';

/** What a phone may have recorded offline that concerns offers and assignments. */
@Injectable()
export class OfflineAnswersService implements OnModuleInit {
  constructor(
    private readonly kinds: OperationKindsService,
    private readonly offers: OffersService,
    private readonly manualDispatch: ManualDispatchService,
  ) {}

  onModuleInit(): void {
    this.kinds.registerAnswer('accept', async (tx, { jobId, workerId, data }) => {
      const offerId = offerOf(data);
      await this.offers.requireMatch(tx, { offerId, workerId, jobId });
      await this.offers.accept(tx, offerId, workerId);
    });
    this.kinds.registerAnswer('decline', async (tx, { jobId, workerId, data, reason }) => {
      const offerId = offerOf(data);
      await this.offers.requireMatch(tx, { offerId, workerId, jobId });
      if (!DECLINE_REASONS.includes(reason as DeclineReason))
        throw Invalid.field('reason', `must be one of ${DECLINE_REASONS.join(', ')}`);
      await this.offers.decline(tx, offerId, workerId, reason as DeclineReason);
    });
    this.kinds.register('release', async (tx, { jobId, workerId, reason }) => {
      if (!reason) throw Invalid.field('reason', 'a reason is required');
      await this.manualDispatch.requireHolder(tx, jobId, workerId);
      await this.manualDispatch.release(tx, { jobId, reason });
    });
  }
}

function offerOf(data: Record<string, unknown>): string {
  const offerId = data.offerId;
  if (!isId(offerId)) throw Invalid.field('data.offerId', 'must be the id of the offer');
  return offerId;
}
