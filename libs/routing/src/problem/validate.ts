import { Invalid } from '#kernel';
import { Shape } from './shape.js';
import { defaultObjective, type RoutingProblem } from './types.js';
import { validateJobs } from './validate-jobs.js';
import { validateTravel } from './validate-travel.js';
import { validateWorkers } from './validate-workers.js';

/** The problem, if it is one; otherwise throws `Invalid` that names every field that is wrong and what would be right. */
export function validateProblem(value: unknown): RoutingProblem {
  const shape = new Shape();
  const p = shape.object(value, 'problem');
  if (p) {
    const places = validateTravel(shape, p.travel, p.locations);
    const workers = validateWorkers(shape, p.workers, p.jobs, places);
    const jobs = validateJobs(shape, p.jobs, places, workers);
    validateObjective(shape, p.objective);
    validateRoutes(shape, p, workers.ids, new Set(jobs.keys()));
  }
  if (shape.errors.length > 0) throw new Invalid(shape.errors);
  return value as RoutingProblem;
}

function validateObjective(shape: Shape, value: unknown): void {
  if (value === undefined) return;
  const objective = shape.object(value, 'objective') ?? {};
  for (const [key, weight] of Object.entries(objective)) {
    const field = `objective.${key}`;
    if (!(key in defaultObjective))
      shape.fail(field, `is not one of ${Object.keys(defaultObjective).join(', ')}`);
    else if (key === 'unassigned') shape.oneOf(weight, field, ['count_first', 'priority_first']);
    else shape.number(weight, field, 0);
  }
}

/** Frozen prefixes and the current plan name known workers and jobs, each job once. */
function validateRoutes(
  shape: Shape,
  p: Record<string, unknown>,
  workers: Set<string>,
  jobs: Set<string>,
): void {
  const doubles = new Set(
    shape.listIf(p.jobs, 'jobs').flatMap((j) => {
      const { id, people, pairing } = (j ?? {}) as Record<string, unknown>;
      return people === 2 && pairing === 'synchronised' ? [id] : [];
    }),
  );
  const seen = new Map<string, Map<unknown, number>>();
  const once = (group: string, job: unknown, field: string) => {
    const ids = seen.get(group) ?? new Map();
    seen.set(group, ids);
    const times = ids.get(job) ?? 0;
    if (!jobs.has(job as string)) shape.fail(field, `there is no job ${String(job)}`);
    else if (times >= (doubles.has(job) ? 2 : 1)) shape.fail(field, `${String(job)} is already on a route`);
    ids.set(job, times + 1);
  };
  shape.listIf(p.workers, 'workers').forEach((w, i) => {
    const field = `workers[${i}].frozen`;
    shape.listIf((w as { frozen?: unknown } | null)?.frozen, field).forEach((stop, k) => {
      const s = shape.object(stop, `${field}[${k}]`);
      if (!s) return;
      once('frozen', s.job, `${field}[${k}].job`);
      shape.numberIf(s.start, `${field}[${k}].start`, 0);
      shape.numberIf(s.end, `${field}[${k}].end`, typeof s.start === 'number' ? s.start : 0);
    });
  });
  shape.listIf(p.current, 'current').forEach((route, i) => {
    const r = shape.object(route, `current[${i}]`);
    if (!r) return;
    if (!workers.has(r.worker as string))
      shape.fail(`current[${i}].worker`, `there is no worker ${String(r.worker)}`);
    shape.list(r.jobs, `current[${i}].jobs`).forEach((job, k) => {
      once('current', job, `current[${i}].jobs[${k}]`);
    });
  });
}
