import type { BasicModel } from '../basic/basic-model.js';
import type { Instance } from './instance.js';
import { FOREVER } from './windows.js';

/** Why the fast solver cannot take this problem, or undefined when it can. */
export function needsFullModel(instance: Instance): string | undefined {
  const { workers, jobs, objective: o, legs } = instance;
  if (legs.timeDependent) return 'travel by time of day';
  if (o.travelPerMetre > 0 || o.travelPerSecond === 0) return 'price per metre';
  if (o.waitingPerSecond > 0 || o.balanceHours > 0 || o.balancePay > 0) return 'price of waiting or balance';
  if (o.movedStop > 0 && instance.currentWorker.some((w) => w >= 0)) return 'price of moved stops';
  for (const w of workers) {
    if (w.breaks?.length) return 'breaks';
    if (w.overtimeSeconds) return 'overtime';
    if (w.frozen?.length) return 'a route under way';
    if (w.maxTravelMetres !== undefined) return 'a limit in metres';
  }
  for (const j of jobs) {
    if (j.lateSeconds) return 'windows that may be missed';
    if (j.pickupJob !== undefined) return 'pick-up and delivery';
    if (j.people === 2 && j.pairing === 'synchronised') return 'two workers at once';
    if (j.after?.length) return 'predecessors';
  }
  const loaded = (amounts: Float64Array) => amounts.some((a) => a > 0);
  if (loaded(instance.delivery) && loaded(instance.pickup)) return 'loads both taken out and brought back';
  return undefined;
}

/** The plain problem of an instance that does not need more. */
export function basicModel(instance: Instance): BasicModel {
  const { workers, legs, taskCount: n, objective } = instance;
  const w = workers.length;
  const startOf = sharedNodes(
    workers.map((x) => x.start),
    n,
  );
  const endOf = sharedNodes(
    workers.map((x) => x.end ?? -1),
    n + startOf.places.length,
  );
  const places = [...instance.location, ...startOf.places, ...endOf.places];
  const size = places.length;
  const scale = objective.travelPerSecond;
  const travel = matrix(size, (i, j) =>
    places[j] < 0 || places[i] < 0 ? 0 : legs.seconds(places[i], places[j]),
  );
  const hasSetup = instance.setup.some((s) => s > 0);
  const setupAt = (i: number, j: number) => (j < n && places[i] !== places[j] ? instance.setup[j] : 0);
  const time = hasSetup ? matrix(size, (i, j) => travel[i * size + j] + setupAt(i, j)) : travel;
  const travelTo = transpose(travel, size);
  const cost = scale === 1 ? travel : travel.map((x) => x * scale);
  const costTo = scale === 1 ? travelTo : travelTo.map((x) => x * scale);
  const each = (pick: (w: number) => number) => Float64Array.from({ length: w }, (_, i) => pick(i));
  const bias = Float64Array.from(instance.notPreferred, (x) => x * objective.notPreferred);
  const windowAt = (t: number, i: number) => instance.windows[instance.windowFrom[t] * 2 + i];
  return {
    jobCount: n,
    nodeCount: size,
    workerCount: w,
    cost,
    costTo,
    time,
    timeTo: hasSetup ? transpose(time, size) : travelTo,
    service: instance.service,
    windowFrom: instance.windowFrom,
    opens: instance.windows.filter((_, i) => i % 2 === 0),
    closes: instance.windows.filter((_, i) => i % 2 === 1),
    firstOpen: Float64Array.from({ length: n }, (_, t) => windowAt(t, 0)),
    lastClose: Float64Array.from(
      { length: n },
      (_, t) => instance.windows[instance.windowFrom[t + 1] * 2 - 1],
    ),
    dimensions: instance.dimensions,
    demand: instance.delivery.map((d, i) => d + instance.pickup[i]),
    startNode: startOf.nodeOf,
    endNode: endOf.nodeOf,
    shiftStart: each((i) => Math.max(workers[i].shift[0], workers[i].readyAt ?? 0)),
    shiftEnd: each((i) => workers[i].shift[1]),
    capacity: Float64Array.from(
      workers.flatMap((x) => x.capacity ?? new Array(instance.dimensions).fill(FOREVER)),
    ),
    maxTasks: Int32Array.from(workers, (x) => Math.min(n, x.maxTasks ?? n)),
    maxTravel: each((i) => (workers[i].maxTravelSeconds ?? Number.POSITIVE_INFINITY) * scale),
    serviceFactor: each((i) => workers[i].serviceFactor ?? 1),
    kind: kinds(instance),
    allowed: instance.allowed,
    bias: bias.some((b) => b > 0) ? bias : null,
    unassigned: instance.unassigned,
  };
}

/** One node for each distinct place, so that workers who start at the same depot share its rows. */
function sharedNodes(places: number[], first: number): { places: number[]; nodeOf: Int32Array } {
  const distinct = [...new Set(places)];
  return { places: distinct, nodeOf: Int32Array.from(places, (p) => first + distinct.indexOf(p)) };
}

/** Workers that no constraint and no price can tell apart have one kind. */
function kinds({ workers, allowed, notPreferred, taskCount }: Instance): Int32Array {
  const seen = new Map<string, number>();
  return Int32Array.from(workers, (w, i) => {
    const { id: _, ...rest } = w;
    let able = '';
    for (let t = 0; t < taskCount; t++)
      able += allowed[t * workers.length + i] + 2 * notPreferred[t * workers.length + i];
    const key = `${JSON.stringify(rest)}|${able}`;
    const kind = seen.get(key) ?? seen.size;
    seen.set(key, kind);
    return kind;
  });
}

function matrix(size: number, cell: (i: number, j: number) => number): Float64Array {
  const m = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) m[i * size + j] = cell(i, j);
  return m;
}

function transpose(m: Float64Array, size: number): Float64Array {
  const t = new Float64Array(m.length);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) t[j * size + i] = m[i * size + j];
  return t;
}
