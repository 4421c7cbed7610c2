import type { Shape } from './shape.js';
import type { WorkerFacts } from './validate-workers.js';

type Loose = Record<string, unknown>;

/** Checks every job by itself, then what jobs say of each other. */
export function validateJobs(
  shape: Shape,
  value: unknown,
  places: number,
  workers: WorkerFacts,
): Map<string, Loose> {
  const jobs = new Map<string, Loose>();
  const list = shape.list(value, 'jobs');
  list.forEach((value, i) => {
    const field = `jobs[${i}]`;
    const j = shape.object(value, field);
    if (!j) return;
    if (shape.text(j.id, `${field}.id`)) {
      if (jobs.has(j.id)) shape.fail(`${field}.id`, `${j.id} is used twice`);
      jobs.set(j.id, j);
    }
    validateJob(shape, j, field, places, workers);
  });
  list.forEach((value, i) => {
    if (typeof value === 'object' && value !== null) validateLinks(shape, value as Loose, `jobs[${i}]`, jobs);
  });
  findCycle(shape, jobs);
  return jobs;
}

function validateJob(shape: Shape, j: Loose, field: string, places: number, workers: WorkerFacts): void {
  shape.integer(j.location, `${field}.location`, 0, places - 1);
  const windows = shape.listIf(j.windows, `${field}.windows`);
  if (Array.isArray(j.windows) && windows.length === 0)
    shape.fail(`${field}.windows`, 'must not be empty', 1);
  windows.forEach((w, k) => {
    shape.span(w, `${field}.windows[${k}]`);
  });
  shape.numberIf(j.lateSeconds, `${field}.lateSeconds`, 0);
  shape.number(j.serviceSeconds, `${field}.serviceSeconds`, 0);
  shape.numberIf(j.setupSeconds, `${field}.setupSeconds`, 0);
  shape.texts(j.skills, `${field}.skills`);
  shape.numberIf(j.priority, `${field}.priority`, 0, 100);
  shape.amounts(j.delivery, `${field}.delivery`, workers.dimensions);
  shape.amounts(j.pickup, `${field}.pickup`, workers.dimensions);
  if (j.people !== undefined) shape.integer(j.people, `${field}.people`, 1, 2);
  if (j.people === 2) shape.oneOf(j.pairing, `${field}.pairing`, ['crew', 'synchronised']);
  for (const key of ['preferredWorkers', 'blockedWorkers']) {
    shape.listIf(j[key], `${field}.${key}`).forEach((id, k) => {
      if (!workers.ids.has(id as string))
        shape.fail(`${field}.${key}[${k}]`, `there is no worker ${String(id)}`);
    });
  }
  if (j.lock !== undefined) validateLock(shape, j.lock, `${field}.lock`, workers);
}

function validateLock(shape: Shape, value: unknown, field: string, workers: WorkerFacts): void {
  const lock = shape.object(value, field);
  if (!lock) return;
  if (lock.worker !== undefined && !workers.ids.has(lock.worker as string)) {
    shape.fail(`${field}.worker`, `there is no worker ${String(lock.worker)}`);
  }
  shape.numberIf(lock.at, `${field}.at`, 0);
  if (lock.between !== undefined) shape.span(lock.between, `${field}.between`);
  if (lock.at !== undefined && lock.between !== undefined)
    shape.fail(field, 'has either at or between, not both');
  if (lock.between !== undefined && lock.worker === undefined)
    shape.fail(`${field}.worker`, 'is needed with between');
  if (lock.worker === undefined && lock.at === undefined)
    shape.fail(field, 'locks nothing: needs worker or at');
}

function validateLinks(shape: Shape, j: Loose, field: string, jobs: Map<string, Loose>): void {
  shape.listIf(j.after, `${field}.after`).forEach((id, k) => {
    if (!jobs.has(id as string)) shape.fail(`${field}.after[${k}]`, `there is no job ${String(id)}`);
  });
  if (j.pickupJob === undefined) return;
  const from = jobs.get(j.pickupJob as string);
  if (!from || from === j) {
    shape.fail(`${field}.pickupJob`, `there is no other job ${String(j.pickupJob)}`);
    return;
  }
  if (JSON.stringify(from.pickup ?? []) !== JSON.stringify(j.delivery ?? [])) {
    shape.fail(`${field}.delivery`, `must be what ${String(j.pickupJob)} picks up`);
  }
  if (from.pickupJob !== undefined || j.people === 2 || from.people === 2) {
    shape.fail(`${field}.pickupJob`, 'a pair is one pick-up and one delivery by one worker');
  }
  for (const other of jobs.values()) {
    if (other !== j && other.pickupJob === j.pickupJob)
      shape.fail(`${field}.pickupJob`, 'has two deliveries');
  }
}

/** Predecessors must not run in a circle (depth-first search with three colours). */
function findCycle(shape: Shape, jobs: Map<string, Loose>): void {
  const colour = new Map<string, 1 | 2>();
  const visit = (id: string): boolean => {
    if (colour.get(id) === 2) return false;
    if (colour.get(id) === 1) return true;
    colour.set(id, 1);
    const job = jobs.get(id);
    const before = [
      ...(Array.isArray(job?.after) ? job.after : []),
      ...(job?.pickupJob ? [job.pickupJob] : []),
    ];
    const circular = before.some((b) => typeof b === 'string' && jobs.has(b) && visit(b));
    colour.set(id, 2);
    return circular;
  };
  for (const id of jobs.keys())
    if (visit(id)) shape.fail('jobs', `the predecessors of ${id} run in a circle`);
}
