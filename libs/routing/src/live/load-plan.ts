import { FullPlan } from '../full/full-plan.js';
import { FullRouteBook } from '../full/full-route-book.js';
import { compile, type Instance, taskOf } from '../instance/instance.js';
import type { RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';

/** A published plan back in the engine's own hands, exactly as it stands. */
export interface LoadedPlan {
  instance: Instance;
  book: FullRouteBook;
  plan: FullPlan;
}

/**
 * Loads `plan` for `problem`, which may hold jobs the plan does not know. What ties routes together is taken from the
 * published times. `mark`: jobs about to be placed.
 */
export function loadPlan(problem: RoutingProblem, plan: RoutingPlan, mark: string[]): LoadedPlan {
  const instance = compile(problem, mark);
  const book = new FullRouteBook(instance);
  const used = new Set<number>(instance.frozen.flat());
  const agreed: [number, number][] = [];
  for (const route of plan.routes) {
    const r = instance.workerIndex.get(route.worker);
    if (r === undefined) continue;
    const tasks = [...instance.frozen[r]];
    for (const stop of route.stops) {
      if (stop.job === undefined || !instance.jobIndex.has(stop.job)) continue;
      if (instance.frozen[r].some((t) => instance.jobs[instance.jobOf[t]].id === stop.job)) continue;
      const task = taskOf(instance, stop.job).find((t) => !used.has(t));
      if (task === undefined) continue;
      used.add(task);
      tasks.push(task);
      agreed.push([task, stop.start]);
    }
    book.seq.set(tasks, r * book.stride + 1);
    book.len[r] = tasks.length;
    for (const t of tasks) book.routeOf[t] = r;
  }
  for (const [task, start] of agreed) {
    const twin = instance.twin[task];
    if (twin >= 0 && book.routeOf[twin] >= 0) book.bounds.together(task, twin, start);
    else if (instance.before[task].length > 0) book.bounds.agree(task, start);
  }
  for (let r = 0; r < book.len.length; r++) book.rebuild(r, 0);
  book.commit();
  return { instance, book, plan: new FullPlan(book) };
}
