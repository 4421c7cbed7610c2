import { defineFact, type Fact, type FactType, type OfficeRole } from '#platform';
import type { ClaimedTime } from './lifecycle/clamp-time.js';
import { edgeOf, JOB_EVENTS, type JobEvent, type JobState } from './lifecycle/job-states.js';
import type { VisitEvidence } from './proof/evidence-strength.js';

/**
 * What was agreed, as it is after the fact: nobody behind the log has to read the job for it. Nothing of the customer. Facts
 * from before 2026-12 have only some of it.
 */
export interface JobTerms {
  /** As people say it. */
  number?: number;
  priority?: number;
  durationSeconds?: number;
  /** ISO 8601, as all times in facts. */
  windowStart?: string | null;
  windowEnd?: string | null;
  dueAt?: string | null;
  channel?: string | null;
}

/** A step of a job through the state table. */
export interface JobStepped extends JobTerms {
  jobId: string;
  areaId: string | null;
  siteId: string | null;
  serviceTypeId: string | null;
  /** The worker concerned: who holds it now, or held it until this step. */
  workerId: string | null;
  from: JobState;
  to: JobState;
  version: number;
  reason: string | null;
  priority: number;
  lat: number;
  lon: number;
  /** What the phone claimed, where another time counts. */
  claimed?: ClaimedTime;
  /** Of `job.completed`: what the visit rests on. */
  evidence?: VisitEvidence | null;
  /** What the command added: arrival evidence, the offer's id, the proof … */
  [extra: string]: unknown;
}

export interface JobCreated extends JobTerms {
  jobId: string;
  areaId: string | null;
  siteId: string | null;
  serviceTypeId: string | null;
  state: JobState;
  version: number;
  priority: number;
  lat: number;
  lon: number;
  externalRef: string | null;
}

/** `fields` are the names of what changed; values that are not among the terms stay in the row. */
export interface JobUpdated extends JobTerms {
  jobId: string;
  areaId: string | null;
  workerId: string | null;
  state: JobState;
  version: number;
  fields: string[];
  lat: number;
  lon: number;
}

export interface JobNoted {
  jobId: string;
  noteId: string;
  claimed?: ClaimedTime;
  workerId: string | null;
  areaId: string | null;
}

export interface ProofAdded {
  jobId: string;
  proofId: string;
  kind: string;
  workerId: string | null;
  areaId: string | null;
  sha256: string | null;
  takenAt: string | null;
  /** 0 to 100, with the codes of what lowers it. */
  strength?: number;
  doubts?: string[];
}

export interface ProofRefused {
  jobId: string;
  kind: string;
  code: string;
  detail: string;
  workerId: string | null;
  areaId: string | null;
}

/** The auditor reads the course of a job, not where its customer lives; typed reasons are kept from them in every fact. */
function office<T extends object>(fact: Fact<T>, role: OfficeRole): unknown {
  if (role !== 'auditor') return fact.data;
  const { lat: _lat, lon: _lon, note: _note, ...rest } = fact.data as T & Record<string, unknown>;
  return rest;
}

/** The worker concerned sees it whole. */
const holder = <T extends { workerId: string | null }>(fact: Fact<T>): Record<string, unknown> =>
  fact.data.workerId ? { [fact.data.workerId]: fact.data } : {};

export const jobCreated = defineFact<JobCreated>('job.created', { office });
export const jobUpdated = defineFact<JobUpdated>('job.updated', { office, workers: holder });
export const jobNoted = defineFact<JobNoted>('job.noted', { office: 'whole', workers: holder });
export const proofAdded = defineFact<ProofAdded>('job.proof_added', { office: 'whole', workers: holder });
export const proofRefused = defineFact<ProofRefused>('job.proof_refused', {
  office: 'whole',
  workers: holder,
});
/** Nothing of the customer is left on the job. */
export const customerErased = defineFact<{ jobId: string; areaId: string | null; workerId: string | null }>(
  'job.customer_erased',
  { office: 'whole' },
);
const step = (event: JobEvent): FactType<JobStepped> =>
  defineFact<JobStepped>(edgeOf(event).fact, { office, workers: holder });

/** One kind of fact for each event of the table. */
export const jobFacts = Object.fromEntries(JOB_EVENTS.map((event) => [event, step(event)])) as Record<
  JobEvent,
  FactType<JobStepped>
>;
