import { Invalid } from '#kernel';
import type { Unit } from '../full/units.js';
import { type Instance, markTask } from '../instance/instance.js';
import type { RoutingPlan } from '../plan/plan.js';
import { type UnassignedJob, whyUnassigned } from '../plan/why-unassigned.js';
import type { RoutingProblem } from '../problem/types.js';
import { daysOf, type Effect, effectOf } from './effect.js';
import { type LoadedPlan, loadPlan } from './load-plan.js';

export interface Insertion {
  /** What happens when the job goes where it costs least; undefined when it fits nowhere. */
  effect?: Effect;
  worker?: string;
  /** The cheapest places without moving anybody, one a worker, each with what it would do: what to show on the desk. */
  choices: { worker: string; cost: number; effect: Effect }[];
  /** Why it fits nowhere. */
  refused?: UnassignedJob;
}

/** Workers whose stops may give way, and workers who may take such a stop over. */
const YIELDING = 8;
const RECEIVING = 12;

/**
 * Puts one job of `problem` into a plan that does not have it, without a search: the cheapest place on any route, or, when
 * nobody has room, the cheapest place after one stop has moved to another worker (priced by `movedStop`). Nothing is saved.
 */
export function insertJob(problem: RoutingProblem, plan: RoutingPlan, jobId: string, choices = 5): Insertion {
  const loaded = loadPlan(problem, plan, [jobId]);
  const { instance, book } = loaded;
  const task = instance.jobIndex.get(jobId);
  if (task === undefined) throw Invalid.field('job', `there is no job ${jobId}`);
  const unit = loaded.plan.unitOf(task);
  if (!unit || book.routeOf[task] >= 0) throw Invalid.field('job', `${jobId} is already in the plan`);
  for (const t of loaded.plan.tasksOf(unit)) markTask(instance, t);
  const ready = loaded.plan.prepare(unit);
  const places = ready && unit.kind !== 'twins' ? directPlaces(loaded, unit) : [];
  const touched = new Set<number>();
  if (places.length > 0) {
    const shown = places.slice(0, Math.max(1, choices)).map(({ w, cost }) => {
      const choice = { ...made(loaded, new Set([w]), () => loaded.plan.apply(unit, w)), cost };
      book.rollback();
      loaded.plan.prepare(unit);
      return choice;
    });
    const { effect, worker } = shown[0];
    return { effect, worker, choices: shown.slice(0, choices) };
  }
  if (unit.kind === 'twins') {
    const before = daysOf(loaded, instance.workers.keys());
    if (loaded.plan.tryInsert(unit) && !book.broken) {
      const after = daysOf(loaded, [book.routeOf[unit.task], book.routeOf[unit.twin]]);
      return {
        effect: effectOf(pairsOf(instance, before, after)),
        worker: instance.workers[book.routeOf[unit.task]].id,
        choices: [],
      };
    }
  } else if (ready) {
    const way = bestEjection(loaded, unit);
    if (way) {
      const act = () => eject(loaded, unit, way);
      touched.add(way.from).add(way.to);
      return { ...made(loaded, touched, act), choices: [] };
    }
  }
  return { choices: [], refused: whyUnassigned(instance, book.clock, book.tours(), task) };
}

function made(loaded: LoadedPlan, touched: Set<number>, act: () => void): { effect: Effect; worker: string } {
  const { instance } = loaded;
  const before = daysOf(loaded, touched);
  act();
  const [first] = touched;
  return {
    effect: effectOf(pairsOf(instance, before, daysOf(loaded, touched))),
    worker: instance.workers[first].id,
  };
}

const pairsOf = (instance: Instance, before: ReturnType<typeof daysOf>, after: ReturnType<typeof daysOf>) =>
  [...after].map(([w, day]) => ({ worker: instance.workers[w].id, before: before.get(w), after: day }));

function directPlaces({ instance, plan }: LoadedPlan, unit: Unit): { w: number; cost: number }[] {
  return instance.workers
    .map((_, w) => ({ w, cost: plan.insertion.costOf(unit, w) }))
    .filter(({ cost }) => cost < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.cost - b.cost || a.w - b.w);
}

interface Ejection {
  from: number;
  task: number;
  to: number;
  cost: number;
}

function nearestWorkers({ instance, book }: LoadedPlan, task: number): number[] {
  const { legs, location } = instance;
  const away = (w: number) => {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k <= book.len[w]; k++) {
      least = Math.min(least, legs.seconds(book.placeAt(w, k), location[task]));
    }
    return least;
  };
  const distances = instance.workers.map((_, w) => ({ w, d: away(w) }));
  return distances.sort((a, b) => a.d - b.d || a.w - b.w).map(({ w }) => w);
}

/** One stop changes worker so that the new job fits where it was: the cheapest such pair of changes nearby. */
function bestEjection(loaded: LoadedPlan, unit: Unit): Ejection | undefined {
  const { instance, book, plan } = loaded;
  const price = instance.objective.movedStop;
  let best: Ejection | undefined;
  const yielding = nearestWorkers(loaded, unit.task).filter((w) => plan.insertion.mayGo(unit, w));
  for (const from of yielding.slice(0, YIELDING)) {
    for (const task of book.tours()[from].slice(book.fixed[from])) {
      const other = plan.units[task];
      const tied = instance.before[task].length > 0 || instance.after[task].length > 0;
      if (other?.kind !== 'single' || tied) continue;
      markTask(instance, task);
      book.touch(from);
      const was = book.price[from];
      book.remove(from, book.slotOf[task], book.slotOf[task], new Int32Array(1), 0);
      const gain = book.price[from] - was + plan.insertion.costOf(unit, from);
      if (gain < Number.POSITIVE_INFINITY) {
        for (const to of nearestWorkers(loaded, task).slice(0, RECEIVING)) {
          if (to === from) continue;
          const cost = gain + plan.insertion.costOf(other, to) + price;
          if (cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { from, task, to, cost };
        }
      }
      book.rollback();
      plan.prepare(unit);
    }
  }
  return best;
}

function eject({ book, plan }: LoadedPlan, unit: Unit, { from, task, to }: Ejection): void {
  book.remove(from, book.slotOf[task], book.slotOf[task], new Int32Array(1), 0);
  plan.apply(unit, from);
  plan.apply(plan.units[task]!, to);
}
