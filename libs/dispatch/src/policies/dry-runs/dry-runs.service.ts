import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import { BackgroundRuns, requestContext, Threads, type ThreadTask, type Tx, UnitOfWork } from '#platform';
import { DispatchPoliciesService, type PolicySet } from '../dispatch-policies.service.js';
import type { PolicyBody } from '../effective-policy.js';
import { buffersOf, packDay } from '../replay/pack-day.server.js';
import type { PoliciesByType, ReplayTask } from '../replay/replay.thread.js';
import { type DryRunResult, PolicyDryRun } from './dry-run.entity.js';
import { PastDaysService } from './past-days.service.js';

/** The kind of the background run that replays. */
const DRY_RUN = 'policy_dry_run';
/** How many of an organisation may be queued or running at once. */
const MAX_OPEN_DRY_RUNS = 5;
const MAX_DAYS = 7;
/** More would keep a worker process busy for too long. */
const MAX_JOBS = 20_000;

/** The relay and the handlers live in the same process: computing is for a thread. */
export const REPLAY: ThreadTask<ReplayTask, DryRunResult> = {
  file: new URL('../replay/replay.thread.js', import.meta.url).href,
  maxSeconds: 900,
  what: 'the recorded days',
};

export interface DryRunRequest {
  body: PolicyBody;
  serviceTypeId: string | null;
  areaId: string | null;
  from: Date;
  to: Date;
}

/** Replays the past under a policy that is only thought of, and tells what would have been different. */
@Injectable()
export class DryRunsService implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundRuns,
    private readonly policies: DispatchPoliciesService,
    private readonly past: PastDaysService,
    private readonly threads: Threads,
  ) {}

  onModuleInit(): void {
    this.runs.register<DryRunResult, never>({
      kind: DRY_RUN,
      maxOpen: MAX_OPEN_DRY_RUNS,
      concurrency: 1,
      run: ({ orgId, subjectId }) => this.work(orgId, subjectId),
      started: (tx, id) => this.set(tx, id, { state: 'running' }),
      done: (tx, id, result) => this.set(tx, id, { state: 'done', result, error: null, finishedAt: tx.now }),
      failed: (tx, id, error) =>
        this.set(tx, id, { state: 'failed', result: null, error, finishedAt: tx.now }),
    });
  }

  /** @throws Invalid naming what is wrong with the span or the policy. */
  async request(tx: Tx, request: DryRunRequest): Promise<PolicyDryRun> {
    const { from, to, areaId, serviceTypeId, body } = request;
    if (from >= to) throw Invalid.field('to', 'must be after from');
    if (to > tx.now) throw Invalid.field('to', 'must not be in the future', tx.now.toISOString());
    if (to.getTime() - from.getTime() > MAX_DAYS * 86_400_000)
      throw Invalid.field('to', `must be at most ${MAX_DAYS} days after from`, MAX_DAYS);
    await this.past.mustKnow(tx, areaId);
    await this.policies.check(tx, serviceTypeId, body, 'policy');
    const id = newId();
    const row = { id, orgId: tx.orgId, state: 'queued' as const, from, to, areaId, serviceTypeId, body };
    const createdBy = requestContext.actor().id;
    await tx.repo(PolicyDryRun).insert({ ...row, createdBy, createdAt: tx.now } as never);
    await this.runs.create(tx, DRY_RUN, id);
    return this.get(tx, id);
  }

  /** @throws NotFound */
  async get(tx: Tx, id: string): Promise<PolicyDryRun> {
    const run = await tx.repo(PolicyDryRun).findOneBy({ id, orgId: tx.orgId });
    if (!run) throw new NotFound('dry run');
    return run;
  }

  /** Newest first; one more than `limit`, if there are. */
  list(tx: Tx, { limit, before }: { limit: number; before?: string }): Promise<PolicyDryRun[]> {
    return tx.repo(PolicyDryRun).find({
      where: before ? { id: LessThan(before) } : {},
      order: { id: 'DESC' },
      take: limit + 1,
    });
  }

  private async work(orgId: string, id: string): Promise<DryRunResult> {
    const { day, ...under } = await this.uow.run(orgId, (tx) => this.load(tx, id));
    const packed = await packDay(day);
    return this.threads.run(REPLAY, { day: packed, ...under }, buffersOf(packed));
  }

  private async load(tx: Tx, id: string) {
    const { from, to, areaId, serviceTypeId, body } = await this.get(tx, id);
    const searchSeconds = await this.policies.searchSeconds(tx);
    const jobs = await this.past.countJobs(tx, { from, to, areaId });
    if (jobs > MAX_JOBS)
      throw new Conflict('TOO_MANY_JOBS', `${jobs} jobs are more than ${MAX_JOBS}; choose less time.`, {
        jobs,
        most: MAX_JOBS,
      });
    const day = await this.past.read(tx, { from, to, areaId }, searchSeconds);
    const types = new Set([null, ...day.jobs.map((job) => job.serviceTypeId)]);
    const byType = (book: PolicySet): PoliciesByType =>
      new Map([...types].map((type) => [type, book.of(type)]));
    return {
      day,
      present: byType(await this.policies.getSet(tx)),
      proposed: byType(await this.policies.getSetWith(tx, serviceTypeId, body)),
      seed: Number.parseInt(id.slice(-7), 16),
    };
  }

  private async set(tx: Tx, id: string, change: Partial<PolicyDryRun>): Promise<void> {
    await tx.repo(PolicyDryRun).update({ id }, change as never);
  }
}
