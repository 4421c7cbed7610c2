import { type BasicModel, startAtOrAfter, startAtOrBefore, type Tours } from './basic-model.js';

/**
 * The routes of the current solution in flat arrays, one stride a worker. Slot 0 is the worker's start, slot len + 1
 * the end. `depart` is the earliest departure from a slot, `latest` the latest arrival that keeps the rest feasible
 * (Savelsbergh 1992), so that one insertion is checked in O(1).
 */
export class BasicRouteBook {
  readonly stride: number;
  readonly seq: Int32Array;
  readonly depart: Float64Array;
  readonly latest: Float64Array;
  /** Cost of the edge that enters a slot. */
  readonly edge: Float64Array;
  readonly len: Int32Array;
  /** Nothing is fixed here: days under way are for the full search. */
  readonly fixed: Int32Array;
  readonly load: Float64Array;
  readonly travel: Float64Array;
  /** Sum of the model's bias over the jobs of each route. */
  readonly bias: Float64Array;
  /** A number that no other content of any route has had: what is cached under it stays true. */
  readonly version: Float64Array;
  /** Route and slot of each job; route -1 when it is not planned. */
  readonly routeOf: Int32Array;
  readonly slotOf: Int32Array;
  private nextVersion = 1;
  /** The routes changed since the last commit, and what they were. */
  readonly touched: Int32Array;
  touchedCount = 0;
  private readonly isTouched: Uint8Array;
  private readonly before: {
    seq: Int32Array;
    depart: Float64Array;
    latest: Float64Array;
    edge: Float64Array;
  };
  private readonly beforeLen: Int32Array;
  readonly beforeTravel: Float64Array;
  readonly beforeBias: Float64Array;
  private readonly beforeVersion: Float64Array;
  private readonly beforeLoad: Float64Array;

  constructor(readonly model: BasicModel) {
    const { workerCount: w, jobCount: n, dimensions } = model;
    let most = 0;
    for (let r = 0; r < w; r++) most = Math.max(most, Math.min(n, model.maxTasks[r]));
    this.stride = most + 2;
    const cells = w * this.stride;
    this.seq = new Int32Array(cells);
    this.depart = new Float64Array(cells);
    this.latest = new Float64Array(cells);
    this.edge = new Float64Array(cells);
    this.len = new Int32Array(w);
    this.fixed = new Int32Array(w);
    this.load = new Float64Array(w * dimensions);
    this.travel = new Float64Array(w);
    this.bias = new Float64Array(w);
    this.version = new Float64Array(w);
    this.routeOf = new Int32Array(n).fill(-1);
    this.slotOf = new Int32Array(n);
    this.touched = new Int32Array(w);
    this.isTouched = new Uint8Array(w);
    this.before = {
      seq: new Int32Array(cells),
      depart: new Float64Array(cells),
      latest: new Float64Array(cells),
      edge: new Float64Array(cells),
    };
    this.beforeLen = new Int32Array(w);
    this.beforeTravel = new Float64Array(w);
    this.beforeBias = new Float64Array(w);
    this.beforeVersion = new Float64Array(w);
    this.beforeLoad = new Float64Array(w * dimensions);
    for (let r = 0; r < w; r++) this.rebuild(r);
  }

  /** Remembers route `r` as it is, once, before its first change since the last commit. */
  touch(r: number): void {
    if (this.isTouched[r]) return;
    this.isTouched[r] = 1;
    this.touched[this.touchedCount++] = r;
    const base = r * this.stride;
    const { before, seq, depart, latest, edge } = this;
    for (let i = base, last = base + this.len[r] + 1; i <= last; i++) {
      before.seq[i] = seq[i];
      before.depart[i] = depart[i];
      before.latest[i] = latest[i];
      before.edge[i] = edge[i];
    }
    this.beforeLen[r] = this.len[r];
    this.beforeTravel[r] = this.travel[r];
    this.beforeBias[r] = this.bias[r];
    this.beforeVersion[r] = this.version[r];
    const dims = this.model.dimensions;
    for (let d = r * dims; d < (r + 1) * dims; d++) this.beforeLoad[d] = this.load[d];
  }

  commit(): void {
    for (let i = 0; i < this.touchedCount; i++) this.isTouched[this.touched[i]] = 0;
    this.touchedCount = 0;
  }

  /** Puts every touched route back as it was, with its old version, so that what was cached of it holds again. */
  rollback(): void {
    const { before, seq, depart, latest, edge, routeOf, slotOf, stride } = this;
    for (let t = 0; t < this.touchedCount; t++) {
      const r = this.touched[t];
      const base = r * stride;
      for (let k = 1; k <= this.len[r]; k++) {
        const job = seq[base + k];
        if (routeOf[job] === r) routeOf[job] = -1;
      }
    }
    for (let t = 0; t < this.touchedCount; t++) {
      const r = this.touched[t];
      const base = r * stride;
      const len = this.beforeLen[r];
      for (let k = 0; k <= len + 1; k++) {
        const i = base + k;
        const node = before.seq[i];
        seq[i] = node;
        depart[i] = before.depart[i];
        latest[i] = before.latest[i];
        edge[i] = before.edge[i];
        if (k > 0 && k <= len) {
          routeOf[node] = r;
          slotOf[node] = k;
        }
      }
      this.len[r] = len;
      this.travel[r] = this.beforeTravel[r];
      this.bias[r] = this.beforeBias[r];
      this.version[r] = this.beforeVersion[r];
      const dims = this.model.dimensions;
      for (let d = r * dims; d < (r + 1) * dims; d++) this.load[d] = this.beforeLoad[d];
    }
    this.commit();
  }

  /** Recomputes everything of route `r` from its sequence. */
  rebuild(r: number): void {
    const { seq, edge, len, load, model: m, routeOf, slotOf } = this;
    const base = r * this.stride;
    const end = len[r] + 1;
    const dims = m.dimensions;
    seq[base] = m.startNode[r];
    seq[base + end] = m.endNode[r];
    for (let d = 0; d < dims; d++) load[r * dims + d] = 0;
    // An idle worker does not drive home: an empty route costs nothing.
    let travel = 0;
    this.bias[r] = 0;
    for (let k = 1; k <= end; k++) {
      const node = seq[base + k];
      edge[base + k] = m.cost[seq[base + k - 1] * m.nodeCount + node];
      if (end > 1) travel += edge[base + k];
      if (k === end) break;
      if (m.bias) this.bias[r] += m.bias[node * m.workerCount + r];
      routeOf[node] = r;
      slotOf[node] = k;
      for (let d = 0; d < dims; d++) load[r * dims + d] += m.demand[node * dims + d];
    }
    this.travel[r] = travel;
    this.version[r] = this.nextVersion++;
    this.depart.fill(Number.NaN, base, base + end + 1);
    this.latest.fill(Number.NaN, base, base + end + 1);
    this.forward(r, 0);
    this.backward(r, end);
  }

  private forward(r: number, from: number): void {
    const { seq, depart, model: m } = this;
    const base = r * this.stride;
    const end = this.len[r] + 1;
    const factor = m.serviceFactor[r];
    if (from === 0) depart[base] = m.shiftStart[r];
    for (let k = Math.max(1, from); k < end; k++) {
      const node = seq[base + k];
      const arrive = depart[base + k - 1] + m.time[seq[base + k - 1] * m.nodeCount + node];
      const leave = startAtOrAfter(m, node, arrive) + m.service[node] * factor;
      // Once a departure is what it was, everything behind it is too.
      if (leave === depart[base + k] && k > from) return;
      depart[base + k] = leave;
    }
    depart[base + end] = depart[base + end - 1] + m.time[seq[base + end - 1] * m.nodeCount + seq[base + end]];
  }

  private backward(r: number, from: number): void {
    const { seq, latest, model: m } = this;
    const base = r * this.stride;
    const end = this.len[r] + 1;
    const factor = m.serviceFactor[r];
    if (from === end) latest[base + end] = m.shiftEnd[r];
    for (let k = Math.min(end - 1, from); k >= 1; k--) {
      const node = seq[base + k];
      const leave = latest[base + k + 1] - m.time[node * m.nodeCount + seq[base + k + 1]];
      const arrive = startAtOrBefore(m, node, leave - m.service[node] * factor);
      if (arrive === latest[base + k] && k < from) return;
      latest[base + k] = arrive;
    }
  }

  /** Puts `job` into slot `k` (1 … len + 1) of route `r`; the caller has checked that it fits. */
  insert(r: number, k: number, job: number): void {
    const { seq, edge, len, model: m, slotOf } = this;
    const base = r * this.stride;
    const end = len[r] + 1;
    for (let i = end; i >= k; i--) {
      const node = seq[base + i];
      seq[base + i + 1] = node;
      this.depart[base + i + 1] = this.depart[base + i];
      this.latest[base + i + 1] = this.latest[base + i];
      edge[base + i + 1] = edge[base + i];
      if (i < end) slotOf[node] = i + 1;
    }
    seq[base + k] = job;
    len[r]++;
    const before = seq[base + k - 1] * m.nodeCount;
    const into = m.cost[before + job];
    const out = m.cost[job * m.nodeCount + seq[base + k + 1]];
    if (len[r] === 1) this.travel[r] = into + out;
    else this.travel[r] += into + out - edge[base + k + 1];
    edge[base + k] = into;
    edge[base + k + 1] = out;
    if (m.bias) this.bias[r] += m.bias[job * m.workerCount + r];
    this.routeOf[job] = r;
    slotOf[job] = k;
    for (let d = 0; d < m.dimensions; d++)
      this.load[r * m.dimensions + d] += m.demand[job * m.dimensions + d];
    this.version[r] = this.nextVersion++;
    this.forward(r, k);
    this.backward(r, k);
  }

  /** Takes slots `from` … `to` out of route `r`; `out` receives the jobs. Returns how many. */
  remove(r: number, from: number, to: number, out: Int32Array, outCount: number): number {
    const { seq, edge, depart, latest, len, model: m, slotOf } = this;
    const base = r * this.stride;
    const end = len[r] + 1;
    const gone = to - from + 1;
    let saved = edge[base + to + 1];
    for (let k = from; k <= to; k++) {
      const job = seq[base + k];
      saved += edge[base + k];
      if (m.bias) this.bias[r] -= m.bias[job * m.workerCount + r];
      this.routeOf[job] = -1;
      out[outCount++] = job;
      for (let d = 0; d < m.dimensions; d++)
        this.load[r * m.dimensions + d] -= m.demand[job * m.dimensions + d];
    }
    for (let i = to + 1; i <= end; i++) {
      const node = seq[base + i];
      seq[base + i - gone] = node;
      depart[base + i - gone] = depart[base + i];
      latest[base + i - gone] = latest[base + i];
      edge[base + i - gone] = edge[base + i];
      if (i < end) slotOf[node] = i - gone;
    }
    len[r] -= gone;
    const closing = m.cost[seq[base + from - 1] * m.nodeCount + seq[base + from]];
    edge[base + from] = closing;
    this.travel[r] = len[r] === 0 ? 0 : this.travel[r] + closing - saved;
    this.version[r] = this.nextVersion++;
    this.forward(r, from);
    this.backward(r, from - 1);
    return outCount;
  }

  /** Travel of all routes plus bias, recomputed edge by edge (no drift). */
  exactCost(): number {
    const { model: m } = this;
    let sum = 0;
    for (let r = 0; r < m.workerCount; r++) {
      const base = r * this.stride;
      if (this.len[r] === 0) continue;
      for (let k = 1; k <= this.len[r] + 1; k++) {
        sum += this.edge[base + k];
        if (m.bias && k <= this.len[r]) sum += m.bias[this.seq[base + k] * m.workerCount + r];
      }
    }
    for (let j = 0; j < m.jobCount; j++) if (this.routeOf[j] < 0) sum += m.unassigned[j];
    return sum;
  }

  tours(): Tours {
    return Array.from(this.len, (len, r) =>
      Array.from(this.seq.subarray(r * this.stride + 1, r * this.stride + 1 + len)),
    );
  }

  restore(tours: Tours): void {
    this.routeOf.fill(-1);
    tours.forEach((tour, r) => {
      this.len[r] = tour.length;
      this.seq.set(tour, r * this.stride + 1);
      this.rebuild(r);
    });
  }
}
