import type { Random } from '#kernel';
import type { RoutingJob, RoutingProblem, RoutingWorker, Span } from '../problem/types.js';
import { between, randomBasicProblem } from './random-problem.js';

/** A small problem with a random mix of everything: breaks, pairs, twins, predecessors, locks, days under way, prices. */
export function randomFullProblem(seed: number): { problem: RoutingProblem; random: Random } {
  const { problem, random } = randomBasicProblem(seed);
  const chance = (p: number) => random() < p;
  for (const worker of problem.workers) enrichWorker(worker, random);
  for (const job of problem.jobs) enrichJob(job, problem, random);
  pairUp(problem.jobs, random);
  problem.jobs.forEach((job, i) => {
    if (i > 0 && chance(0.15)) job.after = [problem.jobs[between(random, 0, i - 1)].id];
  });
  // A delivery must not have to wait for something that waits for its own pick-up.
  for (const job of problem.jobs) if (job.pickupJob !== undefined) job.after = undefined;
  for (const job of problem.jobs) if (job.after === undefined) delete job.after;
  if (chance(0.4)) freeze(problem, random);
  if (chance(0.3) && problem.travel.kind === 'matrix') {
    problem.travel.profile = [
      { from: 0, factor: 1 },
      { from: 3000, factor: 0.5 + random() },
      { from: 6000, factor: 1.2 },
    ];
  }
  problem.objective = {
    ...(chance(0.3) ? { waitingPerSecond: 0.3 } : {}),
    ...(chance(0.3) ? { balanceHours: 50 } : {}),
    ...(chance(0.2) ? { balancePay: 0.1 } : {}),
    ...(chance(0.3) ? { movedStop: 400 } : {}),
    ...(chance(0.3) ? { unassigned: 'count_first' as const } : {}),
  };
  if (chance(0.4)) problem.current = someCurrentPlan(problem, random);
  return { problem, random };
}

function enrichWorker(worker: RoutingWorker, random: Random): void {
  const chance = (p: number) => random() < p;
  if (chance(0.5)) {
    worker.breaks = Array.from({ length: between(random, 1, 2) }, (_, i) => {
      const from = 2000 + i * 2500 + between(random, 0, 1000);
      return {
        window: [from, from + between(random, 300, 2500)] as Span,
        seconds: between(random, 300, 1200),
      };
    });
  }
  if (chance(0.3)) worker.overtimeSeconds = between(random, 300, 3000);
  if (chance(0.3)) worker.people = 2;
  if (chance(0.3)) worker.payPerHour = between(random, 10, 40);
  if (chance(0.2)) worker.readyAt = worker.shift[0] + between(random, 0, 2000);
}

function enrichJob(job: RoutingJob, { workers }: RoutingProblem, random: Random): void {
  const chance = (p: number) => random() < p;
  if (chance(0.3)) job.lateSeconds = between(random, 100, 3000);
  if (chance(0.2)) {
    job.people = 2;
    job.pairing = chance(0.4) ? 'crew' : 'synchronised';
  }
  if (!job.lock && chance(0.2)) {
    const worker = workers[between(random, 0, workers.length - 1)].id;
    const at = between(random, 2000, 8000);
    job.lock = [{ at }, { worker }, { worker, at }, { worker, between: [at, at + 2000] as Span }][
      between(random, 0, 3)
    ];
  }
  if (chance(0.1)) job.blockedWorkers = [workers[between(random, 0, workers.length - 1)].id];
}

/** Turns some neighbours in the list into a pick-up and its delivery. */
function pairUp(jobs: RoutingJob[], random: Random): void {
  for (let i = 0; i + 1 < jobs.length; i += 2) {
    const [from, to] = [jobs[i], jobs[i + 1]];
    if (random() > 0.25 || from.people === 2 || to.people === 2) continue;
    from.pickup = from.delivery;
    delete from.delivery;
    to.delivery = from.pickup;
    to.pickupJob = from.id;
    delete to.lock;
    delete from.lock;
  }
}

function freeze({ workers, jobs }: RoutingProblem, random: Random): void {
  const worker = workers[between(random, 0, workers.length - 1)];
  const free = jobs.filter((j) => !j.people && j.pickupJob === undefined && !j.after?.length);
  const count = Math.min(free.length, worker.maxTasks ?? 9, between(random, 1, 2));
  if (count === 0) return;
  const begun = random() < 0.5;
  delete worker.maxTravelSeconds;
  worker.frozen = free.slice(0, count).map((j, i) => ({
    job: j.id,
    ...(begun ? { start: worker.shift[0] + i * 1500 + 200, end: worker.shift[0] + i * 1500 + 900 } : {}),
  }));
}

function someCurrentPlan({ workers, jobs }: RoutingProblem, random: Random) {
  const routes = workers.map((w) => ({ worker: w.id, jobs: [] as string[] }));
  for (const job of jobs) if (random() < 0.6) routes[between(random, 0, routes.length - 1)].jobs.push(job.id);
  return routes;
}
