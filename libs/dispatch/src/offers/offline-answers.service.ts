import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Job } from '#job';
import { Invalid, isId, NotFound } from '#kernel';
import { OfflineKinds, type Principal, type RecordedWork, type Tx } from '#platform';
import { ManualDispatchService } from '../manual/manual-dispatch.service.js';
import { DECLINE_REASONS, type DeclineReason } from './offer.entity.js';
import { OffersService } from './offers.service.js';

/** What a phone may have recorded offline that concerns offers and assignments. */
@Injectable()
export class OfflineAnswersService implements OnModuleInit {
  constructor(
    private readonly kinds: OfflineKinds,
    private readonly offers: OffersService,
    private readonly manualDispatch: ManualDispatchService,
  ) {}

  onModuleInit(): void {
    const answer = {
      subjectType: 'job',
      isTold: ({ workerId }: Principal, job: Job) => workerId !== undefined && job.workerId === workerId,
    };
    this.kinds.add<Job>(
      {
        ...answer,
        kind: 'accept',
        answer: async (tx, _caller, work) => {
          const { offerId, workerId } = await this.asked(tx, work);
          await this.offers.accept(tx, offerId, workerId);
        },
      },
      {
        ...answer,
        kind: 'decline',
        answer: async (tx, _caller, work) => {
          const { offerId, workerId } = await this.asked(tx, work);
          const { reason } = work.operation;
          if (!DECLINE_REASONS.includes(reason as DeclineReason))
            throw Invalid.field('reason', `must be one of ${DECLINE_REASONS.join(', ')}`);
          await this.offers.decline(tx, offerId, workerId, reason as DeclineReason);
        },
      },
      {
        subjectType: 'job',
        kind: 'release',
        apply: async (tx, { id: jobId }, { operation: { reason }, workerId }) => {
          if (!reason) throw Invalid.field('reason', 'a reason is required');
          await this.manualDispatch.requireHolder(tx, jobId, workerId!);
          await this.manualDispatch.release(tx, { jobId, reason });
        },
      },
    );
  }

  /** @throws NotFound unless this worker was asked about this very job */
  private async asked(tx: Tx, { operation, workerId, data: { offerId } }: RecordedWork) {
    if (!workerId) throw new NotFound('offer');
    if (!isId(offerId)) throw Invalid.field('data.offerId', 'must be the id of the offer');
    const jobId = (operation.jobId ?? operation.subjectId)!;
    await this.offers.requireMatch(tx, { offerId, workerId, jobId });
    return { offerId, workerId };
  }
}
