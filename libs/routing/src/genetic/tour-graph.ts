import type { BasicModel, Tours } from '../basic/basic-model.js';

/**
 * Routes as linked lists with, at each node, the time-window segment from the depot to it and from it to the depot:
 * duration, time warp, earliest and latest start (Vidal et al. 2013; Nagata, Bräysy & Dullaert 2010). Any route made of
 * a prefix, a few nodes and a suffix is priced by concatenation. Windows and loads may be broken at a price.
 * For fleets of one kind whose empty day costs nothing. Nodes: jobs, then starts, then ends, one each a route.
 */
export class TourGraph {
  readonly n: number;
  readonly routes: number;
  readonly size: number;
  /** Side of the two local matrices: jobs, start, end. */
  readonly side: number;
  readonly dist: Float64Array;
  readonly time: Float64Array;
  /** Row of a node in the matrices, and its offset. */
  readonly row: Int32Array;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  readonly routeOf: Int32Array;
  readonly pos: Int32Array;
  /** Travel from each node to the next on its route. */
  readonly way: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly service: Float64Array;
  readonly preDuration: Float64Array;
  readonly preWarp: Float64Array;
  readonly preEarly: Float64Array;
  readonly preLate: Float64Array;
  readonly sufDuration: Float64Array;
  readonly sufWarp: Float64Array;
  readonly sufEarly: Float64Array;
  readonly sufLate: Float64Array;
  /** Load of jobs up to and with the node, by dimension. */
  readonly preLoad: Float64Array;
  readonly len: Int32Array;
  readonly warp: Float64Array;
  readonly travel: Float64Array;
  /** Priced violations of each route. */
  readonly penalty: Float64Array;
  readonly load: Float64Array;
  readonly dims: number;
  readonly maxTasks: number;
  private readonly capacity: Float64Array;
  warpPrice = 1;
  loadPrice = 1;
  /** Nodes between the prefix and the suffix of the route under evaluation. */
  readonly mid: Int32Array;
  midCount = 0;

  constructor(readonly model: BasicModel) {
    const n = model.jobCount;
    const w = model.workerCount;
    this.n = n;
    this.routes = w;
    this.size = n + 2 * w;
    this.side = n + 2;
    this.dims = model.dimensions;
    this.maxTasks = model.maxTasks[0];
    const rows = [...Array(n).keys(), model.startNode[0], model.endNode[0]];
    const local = (m: Float64Array) =>
      Float64Array.from({ length: this.side ** 2 }, (_, i) => {
        return m[rows[Math.floor(i / this.side)] * model.nodeCount + rows[i % this.side]];
      });
    this.dist = local(model.cost);
    this.time = model.time === model.cost ? this.dist : local(model.time);
    const ints = () => new Int32Array(this.size);
    const floats = () => new Float64Array(this.size);
    this.row = ints();
    this.next = ints();
    this.prev = ints();
    this.routeOf = ints();
    this.pos = ints();
    this.way = floats();
    this.open = floats();
    this.close = floats();
    this.service = floats();
    for (let i = 0; i < this.size; i++) {
      const job = i < n;
      this.row[i] = job ? i : i < n + w ? n : n + 1;
      this.open[i] = job ? model.firstOpen[i] : model.shiftStart[0];
      this.close[i] = job ? model.lastClose[i] : model.shiftEnd[0];
      this.service[i] = job ? model.service[i] * model.serviceFactor[0] : 0;
      if (!job) this.routeOf[i] = (i - n) % w;
    }
    this.preDuration = floats();
    this.preWarp = floats();
    this.preEarly = floats();
    this.preLate = floats();
    this.sufDuration = floats();
    this.sufWarp = floats();
    this.sufEarly = floats();
    this.sufLate = floats();
    this.preLoad = new Float64Array(this.size * this.dims);
    this.len = new Int32Array(w);
    this.warp = new Float64Array(w);
    this.travel = new Float64Array(w);
    this.penalty = new Float64Array(w);
    this.load = new Float64Array(w * this.dims);
    this.capacity = model.capacity.subarray(0, this.dims);
    this.mid = new Int32Array(n + 2);
  }

  start(r: number): number {
    return this.n + r;
  }

  end(r: number): number {
    return this.n + this.routes + r;
  }

  d(a: number, b: number): number {
    return this.dist[this.row[a] * this.side + this.row[b]];
  }

  /** Loads tours; jobs in none of them are left out (routeOf -1). */
  set(tours: Tours): void {
    this.routeOf.fill(-1, 0, this.n);
    for (let r = 0; r < this.routes; r++) {
      let last = this.start(r);
      for (const job of tours[r] ?? []) {
        this.next[last] = job;
        last = job;
      }
      this.next[last] = this.end(r);
      this.update(r);
    }
  }

  tours(): Tours {
    return Array.from({ length: this.routes }, (_, r) => {
      const tour: number[] = [];
      for (let i = this.next[this.start(r)]; i < this.n; i = this.next[i]) tour.push(i);
      return tour;
    });
  }

  /** Re-reads route `r` from its `next` pointers. */
  update(r: number): void {
    const { next, prev, routeOf, pos, way, row, dist, time, side, open, close, service } = this;
    const { dims, preLoad, model } = this;
    const { preDuration, preWarp, preEarly, preLate, sufDuration, sufWarp, sufEarly, sufLate } = this;
    const first = this.start(r);
    const last = this.end(r);
    pos[first] = 0;
    preDuration[first] = 0;
    preWarp[first] = 0;
    preEarly[first] = open[first];
    preLate[first] = close[first];
    for (let d = 0; d < dims; d++) preLoad[first * dims + d] = 0;
    let travel = 0;
    let count = 0;
    let p = first;
    while (p !== last) {
      const i = next[p];
      prev[i] = p;
      pos[i] = ++count;
      routeOf[i] = r;
      const cell = row[p] * side + row[i];
      way[p] = dist[cell];
      travel += way[p];
      const gap = preDuration[p] - preWarp[p] + time[cell];
      const wait = Math.max(open[i] - gap - preLate[p], 0);
      const warp = Math.max(preEarly[p] + gap - close[i], 0);
      preDuration[i] = preDuration[p] + service[i] + time[cell] + wait;
      preWarp[i] = preWarp[p] + warp;
      preEarly[i] = Math.max(open[i] - gap, preEarly[p]) - wait;
      preLate[i] = Math.min(close[i] - gap, preLate[p]) + warp;
      for (let d = 0; d < dims; d++) {
        preLoad[i * dims + d] = preLoad[p * dims + d] + (i < this.n ? model.demand[i * dims + d] : 0);
      }
      p = i;
    }
    this.len[r] = count - 1;
    this.travel[r] = travel;
    this.warp[r] = preWarp[last];
    for (let d = 0; d < dims; d++) this.load[r * dims + d] = preLoad[last * dims + d];
    this.penalty[r] = this.warpPrice * this.warp[r] + this.excess(this.load, r * dims);
    sufDuration[last] = 0;
    sufWarp[last] = 0;
    sufEarly[last] = open[last];
    sufLate[last] = close[last];
    for (let i = prev[last], s = last; ; s = i, i = prev[i]) {
      const gap = service[i] + time[row[i] * side + row[s]];
      const wait = Math.max(sufEarly[s] - gap - close[i], 0);
      const warp = Math.max(open[i] + gap - sufLate[s], 0);
      sufDuration[i] = gap + sufDuration[s] + wait;
      sufWarp[i] = sufWarp[s] + warp;
      sufEarly[i] = Math.max(sufEarly[s] - gap, open[i]) - wait;
      sufLate[i] = Math.min(sufLate[s] - gap, close[i]) + warp;
      if (i === first) break;
    }
  }

  /** Priced excess of the load at `loads[at …]`. */
  excess(loads: Float64Array, at: number): number {
    let over = 0;
    for (let d = 0; d < this.dims; d++) {
      const more = loads[at + d] - this.capacity[d];
      if (more > 0) over += more;
    }
    return over * this.loadPrice;
  }

  /** Priced excess of route `r` when jobs `a`, `b` come and `c`, `d` go; -1 stands for none. */
  excessWith(r: number, a: number, b: number, c: number, d: number): number {
    const { dims, load, capacity } = this;
    const { demand } = this.model;
    let over = 0;
    for (let k = 0; k < dims; k++) {
      let sum = load[r * dims + k] - capacity[k];
      if (a >= 0) sum += demand[a * dims + k];
      if (b >= 0) sum += demand[b * dims + k];
      if (c >= 0) sum -= demand[c * dims + k];
      if (d >= 0) sum -= demand[d * dims + k];
      if (sum > 0) over += sum;
    }
    return over * this.loadPrice;
  }

  /** Time warp of the route: prefix to `p`, then `mid`, then suffix from `s`. */
  warpOf(p: number, s: number): number {
    const { row, time, side, open, close, service, mid, midCount } = this;
    let duration = this.preDuration[p];
    let warp = this.preWarp[p];
    let early = this.preEarly[p];
    let late = this.preLate[p];
    let from = row[p] * side;
    for (let k = 0; k < midCount; k++) {
      const i = mid[k];
      const t = time[from + row[i]];
      const gap = duration - warp + t;
      const wait = open[i] - gap - late;
      const over = early + gap - close[i];
      duration += service[i] + t + Math.max(wait, 0);
      early = Math.max(open[i] - gap, early);
      late = Math.min(close[i] - gap, late);
      if (wait > 0) early -= wait;
      if (over > 0) {
        warp += over;
        late += over;
      }
      from = row[i] * side;
    }
    const gap = duration - warp + time[from + row[s]];
    const over = early + gap - this.sufLate[s];
    return warp + this.sufWarp[s] + Math.max(over, 0);
  }

  /** Travel of the way `p` -> mid -> `s`. */
  wayThroughMid(p: number, s: number): number {
    let sum = 0;
    let last = p;
    for (let k = 0; k < this.midCount; k++) {
      sum += this.d(last, this.mid[k]);
      last = this.mid[k];
    }
    return sum + this.d(last, s);
  }

  /** Appends the nodes from `a` to `b` along the route. */
  midRun(a: number, b: number): void {
    for (let i = a; ; i = this.next[i]) {
      this.mid[this.midCount++] = i;
      if (i === b) return;
    }
  }

  /** Whether every job is on a route. */
  isComplete(): boolean {
    for (let j = 0; j < this.n; j++) if (this.routeOf[j] < 0) return false;
    return true;
  }

  cost(): number {
    let sum = 0;
    for (let r = 0; r < this.routes; r++) sum += this.travel[r];
    return sum;
  }

  penalties(): number {
    let sum = 0;
    for (let r = 0; r < this.routes; r++) sum += this.penalty[r];
    return sum;
  }

  /** Sets the prices and prices every route anew. */
  price(warpPrice: number, loadPrice: number): void {
    this.warpPrice = warpPrice;
    this.loadPrice = loadPrice;
    for (let r = 0; r < this.routes; r++) {
      this.penalty[r] = warpPrice * this.warp[r] + this.excess(this.load, r * this.dims);
    }
  }
}
