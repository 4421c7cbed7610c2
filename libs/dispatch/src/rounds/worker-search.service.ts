import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Job, JobFinderService, JobsService, OPEN_STATES } from '#job';
import { Deadlines, OrganizationPolicies, type Tx } from '#platform';
import { WorkforceService } from '#workforce';
import { dispatchBasePolicy } from '../dispatch.policy.js';
import type { OfferState } from '../offers/offer.entity.js';
import { OffersService } from '../offers/offers.service.js';
import { NOT_CONSIDERED_YET, whyUnfulfilled } from './decision-messages.js';
import { JobEvaluation, storedCandidates } from './round.entity.js';

const SEARCH_END = 'job.search_end';

/** How long the search for a worker goes on, and what happens when it is over. */
@Injectable()
export class WorkerSearchService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly policies: OrganizationPolicies,
    private readonly jobs: JobsService,
    private readonly finder: JobFinderService,
    private readonly workforce: WorkforceService,
    private readonly offers: OffersService,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(SEARCH_END, (jobId, tx) => this.expire(tx, jobId));
  }

  /** For those of the jobs that are open. */
  async start(tx: Tx, jobs: readonly Job[]): Promise<void> {
    const open = jobs.filter(({ state }) => OPEN_STATES.includes(state));
    if (open.length === 0) return;
    const dispatch = await this.policies.of(tx, dispatchBasePolicy);
    await tx.scheduleAll(
      SEARCH_END,
      open.map((job) => ({ subjectId: job.id, at: searchEnd(job, dispatch, tx.now) })),
    );
    await tx.sql(
      `INSERT INTO job_searches (org_id, job_id, since) SELECT $1, id, $3 FROM unnest($2::uuid[]) AS list(id) ORDER BY id
       ON CONFLICT (org_id, job_id) DO UPDATE SET since = excluded.since`,
      [tx.orgId, open.map(({ id }) => id), tx.now],
    );
  }

  cancel(tx: Tx, jobId: string): Promise<void> {
    return tx.unschedule(SEARCH_END, jobId);
  }

  /** Areas in which the worker may be needed: those they serve and the one they are in. */
  async areasServedBy(tx: Tx, workerId: string): Promise<(string | null)[]> {
    const [worker] = await this.workforce.workers(tx, [workerId]);
    if (!worker) return [];
    const { homeAreaIds } = worker;
    const position = (await this.workforce.positions(tx, [workerId])).get(workerId);
    const served = homeAreaIds.length > 0 ? homeAreaIds : await this.finder.findOpenAreas(tx);
    return [...new Set([...served, ...(position ? [position.areaId] : [])])];
  }

  /** Nobody was found in time: the job becomes `unfulfilled`, with the outcome of its offers and of the last round. */
  private async expire(tx: Tx, jobId: string): Promise<void> {
    const job = await this.jobs.lock(tx, jobId);
    if (!OPEN_STATES.includes(job.state)) return;
    await this.offers.withdrawAll(tx, jobId, 'the search is over');
    const last = await tx.repo(JobEvaluation).findOneBy({ jobId });
    const answers = await tx.sql<{ state: OfferState }>(
      `SELECT o.state FROM offers o JOIN job_searches s ON s.org_id = o.org_id AND s.job_id = o.job_id
       WHERE o.org_id = $1 AND o.job_id = $2 AND o.offered_at >= s.since`,
      [tx.orgId, jobId],
    );
    const reason = whyUnfulfilled(
      answers.map(({ state }) => state),
      last ? storedCandidates(last) : [],
      last?.eligible ? undefined : (last?.summary ?? NOT_CONSIDERED_YET),
    );
    await this.jobs.transition(tx, { jobId, event: 'expire', reason });
    // What the desk reads of it from now on.
    if (last) await tx.repo(JobEvaluation).update({ orgId: tx.orgId, jobId }, { summary: reason });
  }
}

function searchEnd(
  job: Job,
  dispatch: { searchSeconds: number; unfulfilledGraceSeconds: number },
  now: Date,
): Date {
  const patience = now.getTime() + dispatch.searchSeconds * 1_000;
  const promised = job.windowEnd ?? job.dueAt;
  const end = promised ? promised.getTime() + dispatch.unfulfilledGraceSeconds * 1_000 : patience;
  // A promise that is broken already still deserves a full search.
  return new Date(end > now.getTime() ? end : patience);
}
