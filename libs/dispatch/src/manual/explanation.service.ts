import { Injectable } from '@nestjs/common';
import { maskName, seesMasked } from '#identity';
import { type Job, JobsService } from '#job';
import { NotFound } from '#kernel';
import { explain, renderVerdict, whatWouldHaveToChange } from '#matching';
import type { Tx } from '#platform';
import { Offer } from '../offers/offer.entity.js';
import { RankingService } from '../rounds/ranking.service.js';
import type { ExplanationView } from './manual-dispatch.views.js';

/** Why this worker or why not, and what would have to change for them to be chosen. */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly jobs: JobsService,
    private readonly ranking: RankingService,
  ) {}

  /**
   * Against who holds the job or is asked for it, else against the first of the others; with the names that `role` may
   * read. @throws NotFound
   */
  async explain(tx: Tx, jobId: string, workerId: string, role: string): Promise<ExplanationView> {
    const shown = (name: string) => (seesMasked(role) ? maskName(name) : name);
    const job = await this.jobs.get(tx, jobId);
    const mine = await this.ranking.rank(tx, job, [workerId]);
    const worker = mine.pool.workers[0];
    if (!worker) throw new NotFound('worker');
    const { matchJob, policy } = mine;
    const now = tx.now.getTime();
    const { evaluation, score, lines } = explain(matchJob, worker, policy.match, now);
    const names = new Map([...mine.pool.names].map(([id, name]) => [id, shown(name)]));
    names.set(job.id, 'this job');

    const findRival = await this.rival(tx, job, workerId);
    for (const [id, name] of findRival?.names ?? []) names.set(id, shown(name));
    const change = findRival && whatWouldHaveToChange(matchJob, worker, findRival.worker, policy.match, now);
    const words = (line: string) => named(line, names);
    return {
      jobId,
      workerId,
      name: names.get(workerId) ?? '',
      eligible: evaluation.eligible,
      lines: lines.map(words),
      verdicts: evaluation.verdicts.map(({ rule, code, ok, unit, ...verdict }) => ({
        rule,
        code,
        ok,
        unit,
        text: renderVerdict({ rule, code, ok, unit, ...verdict }),
      })),
      terms: score.terms.map((term) => ({ ...term, raw: finite(term.raw), points: finite(term.points) })),
      total: Number.isFinite(score.total) ? score.total : null,
      policy: policy.versions,
      against: findRival &&
        change && {
          workerId: findRival.worker.id,
          name: names.get(findRival.worker.id) ?? '',
          holds: findRival.holds,
          behindPoints: Number.isFinite(change.behindPoints) ? change.behindPoints : null,
          barriers: change.barriers.map(renderVerdict),
          anyOf: change.anyOf,
          lines: change.lines.map(words),
        },
    };
  }

  private async rival(tx: Tx, job: Job, workerId: string) {
    const asked = await tx.repo(Offer).findBy({ jobId: job.id, state: 'pending' });
    const holder = job.workerId !== workerId ? job.workerId : null;
    const known = holder ?? asked.find((offer) => offer.workerId !== workerId)?.workerId;
    const { judged, pool } = await this.ranking.rank(tx, job, known ? [known] : undefined);
    const id =
      known ?? judged.find(({ candidate: c }) => c.eligible && c.workerId !== workerId)?.candidate.workerId;
    const worker = pool.workers.find((w) => w.id === id);
    return worker ? { worker, names: pool.names, holds: holder !== null } : null;
  }
}

/** The engine knows ids; people know names. */
function named(line: string, names: ReadonlyMap<string, string>): string {
  let text = line;
  for (const [id, name] of names) text = text.replaceAll(id, name);
  return text;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
