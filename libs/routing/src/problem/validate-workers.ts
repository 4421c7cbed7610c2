import type { Shape } from './shape.js';

export interface WorkerFacts {
  ids: Set<string>;
  dimensions: number;
  people: number;
}

/** Checks every worker; frozen stops are checked with the jobs. */
export function validateWorkers(shape: Shape, value: unknown, jobs: unknown, places: number): WorkerFacts {
  const list = shape.list(value, 'workers');
  const ids = new Set<string>();
  if (Array.isArray(value) && list.length === 0) shape.fail('workers', 'must hold at least one worker', 1);
  let dimensions = list.reduce<number>((most, w) => Math.max(most, lengthOf(w, 'capacity')), 0);
  // Without any capacity the jobs say how many kinds of load there are, and nobody is limited.
  if (dimensions === 0 && Array.isArray(jobs)) {
    for (const j of jobs) dimensions = Math.max(dimensions, lengthOf(j, 'delivery'), lengthOf(j, 'pickup'));
  }
  let people = 1;
  list.forEach((value, i) => {
    const field = `workers[${i}]`;
    const w = shape.object(value, field);
    if (!w) return;
    if (shape.text(w.id, `${field}.id`)) {
      if (ids.has(w.id)) shape.fail(`${field}.id`, `${w.id} is used twice`);
      ids.add(w.id);
    }
    shape.integer(w.start, `${field}.start`, 0, places - 1);
    if (w.end !== undefined && w.end !== null) shape.integer(w.end, `${field}.end`, 0, places - 1);
    shape.span(w.shift, `${field}.shift`);
    shape.numberIf(w.overtimeSeconds, `${field}.overtimeSeconds`, 0);
    shape.listIf(w.breaks, `${field}.breaks`).forEach((b, k) => {
      const o = shape.object(b, `${field}.breaks[${k}]`);
      if (!o) return;
      shape.span(o.window, `${field}.breaks[${k}].window`);
      shape.number(o.seconds, `${field}.breaks[${k}].seconds`, 0);
    });
    shape.texts(w.skills, `${field}.skills`);
    shape.amounts(w.capacity, `${field}.capacity`, dimensions);
    if (w.maxTasks !== undefined) shape.integer(w.maxTasks, `${field}.maxTasks`, 0, 1_000_000);
    shape.numberIf(w.maxTravelSeconds, `${field}.maxTravelSeconds`, 0);
    shape.numberIf(w.maxTravelMetres, `${field}.maxTravelMetres`, 0);
    shape.numberIf(w.serviceFactor, `${field}.serviceFactor`, 0.01, 100);
    if (w.people !== undefined && shape.integer(w.people, `${field}.people`, 1, 100)) {
      people = Math.max(people, w.people as number);
    }
    shape.numberIf(w.readyAt, `${field}.readyAt`, 0);
    shape.numberIf(w.payPerHour, `${field}.payPerHour`, 0);
  });
  return { ids, dimensions, people };
}

const lengthOf = (holder: unknown, key: string): number => {
  const amounts = (holder as Record<string, unknown> | null)?.[key];
  return Array.isArray(amounts) ? amounts.length : 0;
};
