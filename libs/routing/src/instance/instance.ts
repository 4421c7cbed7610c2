import {
  defaultObjective,
  type Objective,
  type RoutingJob,
  type RoutingProblem,
  type RoutingWorker,
} from '../problem/types.js';
import type { Legs } from '../travel/legs.js';
import { MatrixLegs } from '../travel/matrix-legs.js';
import { StraightLineLegs } from '../travel/straight-line-legs.js';
import { refusals } from './eligibility.js';
import { unassignedPrices } from './unassigned-price.js';
import { effectiveWindows } from './windows.js';

/**
 * A validated problem with indices instead of names. Tasks are what routes are made of: task i < jobs.length is job i;
 * the second half of a synchronised job is one more task behind them, its twin.
 */
export interface Instance {
  problem: RoutingProblem;
  objective: Objective;
  legs: Legs;
  jobs: RoutingJob[];
  workers: RoutingWorker[];
  jobIndex: Map<string, number>;
  workerIndex: Map<string, number>;
  taskCount: number;
  dimensions: number;
  jobOf: Int32Array;
  /** The other half of a synchronised job, or -1. */
  twin: Int32Array;
  /** pick-up -> delivery and delivery -> pick-up, or -1. */
  partner: Int32Array;
  isDelivery: Uint8Array;
  location: Int32Array;
  service: Float64Array;
  setup: Float64Array;
  late: Float64Array;
  /** Windows of task t: windows[windowFrom[t] * 2 …], locks applied, disjoint and in order. */
  windowFrom: Int32Array;
  windows: Float64Array;
  delivery: Float64Array;
  pickup: Float64Array;
  before: number[][];
  after: number[][];
  /** allowed[t * workers + w] */
  allowed: Uint8Array;
  /** notPreferred[t * workers + w] = 1 when the job prefers others. */
  notPreferred: Uint8Array;
  unassigned: Float64Array;
  /** Frozen tasks of each worker, in order. */
  frozen: number[][];
  /** Worker and place in the current plan, or -1. */
  currentWorker: Int32Array;
  currentRank: Int32Array;
}

/**
 * Compiles a validated problem. `mark`: tasks for which to work out who may do them; all of them unless told otherwise
 * (live use asks about one job of a thousand).
 */
export function compile(problem: RoutingProblem, mark?: string[]): Instance {
  const { jobs, workers, travel } = problem;
  const n = jobs.length;
  const legs =
    travel.kind === 'matrix' ? new MatrixLegs(travel) : new StraightLineLegs(problem.locations ?? [], travel);
  const jobIndex = new Map(jobs.map((j, i) => [j.id, i]));
  const workerIndex = new Map(workers.map((w, i) => [w.id, i]));
  const doubles = jobs.flatMap((j, i) => (j.people === 2 && j.pairing === 'synchronised' ? [i] : []));
  const taskCount = n + doubles.length;
  const jobOf = Int32Array.from({ length: taskCount }, (_, t) => (t < n ? t : doubles[t - n]));
  const of = <T>(pick: (j: RoutingJob) => T): T[] => Array.from(jobOf, (j) => pick(jobs[j]));
  const dimensions = loadDimensions(problem);
  const windowLists = of(effectiveWindows);
  const instance: Instance = {
    problem,
    objective: { ...defaultObjective, ...problem.objective },
    legs,
    jobs,
    workers,
    jobIndex,
    workerIndex,
    taskCount,
    dimensions,
    jobOf,
    twin: new Int32Array(taskCount).fill(-1),
    partner: new Int32Array(taskCount).fill(-1),
    isDelivery: new Uint8Array(taskCount),
    location: Int32Array.from(of((j) => j.location)),
    service: Float64Array.from(of((j) => j.serviceSeconds)),
    setup: Float64Array.from(of((j) => j.setupSeconds ?? 0)),
    late: Float64Array.from(of((j) => j.lateSeconds ?? 0)),
    windowFrom: new Int32Array(taskCount + 1),
    windows: Float64Array.from(windowLists.flat(2)),
    delivery: Float64Array.from(of((j) => amounts(j.delivery, dimensions)).flat()),
    pickup: Float64Array.from(of((j) => amounts(j.pickup, dimensions)).flat()),
    before: of((j) => (j.after ?? []).map((id) => jobIndex.get(id)!)),
    after: Array.from({ length: taskCount }, () => []),
    allowed: new Uint8Array(taskCount * workers.length),
    notPreferred: new Uint8Array(taskCount * workers.length),
    unassigned: new Float64Array(taskCount),
    frozen: workers.map((w) => (w.frozen ?? []).map((f) => jobIndex.get(f.job)!)),
    currentWorker: new Int32Array(taskCount).fill(-1),
    currentRank: new Int32Array(taskCount).fill(-1),
  };
  windowLists.forEach((list, t) => {
    instance.windowFrom[t + 1] = instance.windowFrom[t] + list.length;
  });
  linkTasks(instance, doubles);
  markPreferences(instance);
  const asked = mark?.flatMap((id) => taskOf(instance, id)) ?? Array.from({ length: taskCount }, (_, t) => t);
  for (const t of asked) markTask(instance, t);
  instance.unassigned.set(unassignedPrices(instance));
  for (const route of problem.current ?? []) {
    route.jobs.forEach((id, rank) => {
      const t = jobIndex.get(id)!;
      // The halves of a synchronised job are interchangeable: neither counts as moved.
      if (instance.twin[t] >= 0) return;
      instance.currentWorker[t] = workerIndex.get(route.worker)!;
      instance.currentRank[t] = rank;
    });
  }
  return instance;
}

function linkTasks(instance: Instance, doubles: number[]): void {
  const { jobs, jobIndex } = instance;
  doubles.forEach((job, i) => {
    instance.twin[job] = jobs.length + i;
    instance.twin[jobs.length + i] = job;
  });
  jobs.forEach((job, t) => {
    if (job.pickupJob === undefined) return;
    const from = jobIndex.get(job.pickupJob)!;
    instance.partner[t] = from;
    instance.partner[from] = t;
    instance.isDelivery[t] = 1;
  });
  for (let t = 0; t < instance.taskCount; t++) {
    // Both halves of a synchronised predecessor have to be over.
    const halves = instance.before[t].filter((b) => instance.twin[b] >= 0).map((b) => instance.twin[b]);
    instance.before[t].push(...halves);
    for (const b of instance.before[t]) instance.after[b].push(t);
  }
  const held = new Set<number>();
  for (const tasks of instance.frozen) {
    tasks.forEach((t, i) => {
      if (held.has(t)) tasks[i] = instance.twin[t];
      held.add(t);
    });
  }
}

/** The tasks of a job: one, or both halves. */
export function taskOf({ jobIndex, twin }: Instance, id: string): number[] {
  const t = jobIndex.get(id)!;
  return twin[t] >= 0 ? [t, twin[t]] : [t];
}

function markPreferences({ workers, jobs, jobOf, taskCount, notPreferred }: Instance): void {
  for (let t = 0; t < taskCount; t++) {
    const preferred = jobs[jobOf[t]].preferredWorkers;
    if (!preferred?.length) continue;
    workers.forEach((w, i) => {
      if (!preferred.includes(w.id)) notPreferred[t * workers.length + i] = 1;
    });
  }
}

/** Works out who may do task `t`. */
export function markTask(instance: Instance, t: number): void {
  const { workers, jobs, jobOf } = instance;
  const job = jobs[jobOf[t]];
  const windows = effectiveWindows(job);
  for (let w = 0; w < workers.length; w++) {
    const cell = t * workers.length + w;
    // The second worker of a synchronised job is free: a lock names the first.
    const second = t >= jobs.length;
    instance.allowed[cell] = refusals(instance, job, w, { second, windows }).next().done ? 1 : 0;
  }
}

function loadDimensions({ workers, jobs }: RoutingProblem): number {
  const ofWorkers = Math.max(0, ...workers.map((w) => w.capacity?.length ?? 0));
  return (
    ofWorkers || jobs.reduce((most, j) => Math.max(most, j.delivery?.length ?? 0, j.pickup?.length ?? 0), 0)
  );
}

const amounts = (list: number[] | undefined, dimensions: number): number[] =>
  list ?? new Array(dimensions).fill(0);
