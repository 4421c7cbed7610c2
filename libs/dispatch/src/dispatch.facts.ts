import { defineFact } from '#platform';
import type { DeclineReason } from './offers/offer.entity.js';

interface OfferFact {
  jobId: string;
  workerId: string;
  areaId: string | null;
}

export interface OfferMade extends OfferFact {
  wave: number;
  expiresAt: string;
  distanceMetres: number | null;
  travelSeconds: number | null;
  why: string;
}

/** Workers see only their own offers. */
const toWorker = {
  office: 'whole' as const,
  workers: (fact: { data: OfferFact }) => ({ [fact.data.workerId]: fact.data }),
};

export const offerMade = defineFact<OfferMade>('offer.made', toWorker);
export const offerAccepted = defineFact<OfferFact>('offer.accepted', toWorker);
export const offerDeclined = defineFact<OfferFact & { reason: DeclineReason }>('offer.declined', toWorker);
export const offerExpired = defineFact<OfferFact>('offer.expired', toWorker);
export const offerWithdrawn = defineFact<OfferFact & { why: string }>('offer.withdrawn', toWorker);

/** The same worker does it at another time; a change of worker is told by the job's own facts. */
export const assignmentMoved = defineFact<
  OfferFact & { startsAt: string; arrivesAt: string; endsAt: string }
>('assignment.moved', toWorker);

/** Work is given out in another way from now on. */
export const dispatchPolicyChanged = defineFact<{
  serviceTypeId: string | null;
  version: number;
  note: string | null;
}>('dispatch_policy.changed', { office: 'whole', readAs: 'Policy' });

/** The desk hears why a job is still open, when the reasons change. */
export const jobEvaluated = defineFact<{
  jobId: string;
  areaId: string | null;
  eligible: number;
  summary: string;
}>('job.evaluated', { office: 'whole' });
