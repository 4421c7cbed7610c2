import { Invalid } from '#kernel';
import { type Certificate, certify } from '../assignment/certificate.js';
import { solveSparse } from '../assignment/solve-sparse.js';
import { type Arc, sparseProblem } from '../assignment/sparse-problem.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { type Candidate, CandidateFinder } from './candidates.js';

export interface BatchAssignment {
  jobId: string;
  workerId: string;
  candidate: Candidate;
}

export interface BatchUnassigned {
  jobId: string;
  /** What leaving it costs in this round, in points. */
  price: number;
  /** 0 = nobody is eligible; otherwise others needed the same workers more. */
  candidates: number;
}

export interface BatchResult {
  assignments: BatchAssignment[];
  unassigned: BatchUnassigned[];
  /** Points of the assignments less the prices of the jobs left. */
  totalPoints: number;
  /** The proof that no other choice has more points. */
  certificate: Certificate;
}

/** Price in points of leaving a job unassigned for now: it grows with priority and with waiting. */
export function unassignedPrice(job: MatchJob, policy: MatchPolicy, now: number): number {
  const { base, perWaitingMinute, perPriority } = policy.unassignedPrice;
  return base + perPriority * job.priority + (perWaitingMinute * Math.max(0, now - job.createdAt)) / 60_000;
}

/**
 * Gives all open jobs to all free workers at once: the choice with the most points in total, exactly, over each job's
 * nearest eligible workers. Each worker gets at most one job; a worker still on a job may be given the next.
 * Throws Invalid when an id is there twice.
 */
export function matchBatch(
  jobs: readonly MatchJob[],
  workers: readonly MatchWorker[],
  policy: MatchPolicy,
  now: number,
): BatchResult {
  mustBeUnique(jobs, 'jobs');
  mustBeUnique(workers, 'workers');
  const finder = new CandidateFinder(workers, policy, now);
  const columnOf = new Map(workers.map((worker, column) => [worker.id, column]));
  const found = jobs.map((job) => finder.find(job));
  const arcs: Arc[] = found.flatMap((candidates, row) =>
    candidates.map((c) => ({ row, column: columnOf.get(c.workerId)!, cost: -c.points })),
  );
  const prices = jobs.map((job) => unassignedPrice(job, policy, now));
  const problem = sparseProblem(jobs.length, workers.length, arcs, prices);
  const solution = solveSparse(problem);

  const assignments: BatchAssignment[] = [];
  const unassigned: BatchUnassigned[] = [];
  jobs.forEach((job, row) => {
    const worker = workers[solution.columnOf[row]!];
    const candidate = found[row]!.find((c) => c.workerId === worker?.id);
    if (candidate) assignments.push({ jobId: job.id, workerId: candidate.workerId, candidate });
    else unassigned.push({ jobId: job.id, price: prices[row]!, candidates: found[row]!.length });
  });
  return {
    assignments,
    unassigned,
    totalPoints: -solution.totalCost,
    certificate: certify(problem, solution),
  };
}

function mustBeUnique(list: readonly { id: string }[], field: string): void {
  const seen = new Set<string>();
  list.forEach(({ id }, i) => {
    if (seen.has(id)) throw Invalid.field(`${field}[${i}].id`, `"${id}" is there twice`);
    seen.add(id);
  });
}
