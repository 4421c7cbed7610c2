import { EARTH_RADIUS_METRES, type GeoPoint, Invalid } from '#kernel';
import { CellStore } from './cell-store.js';
import { NearestSink } from './nearest-sink.js';
import { type Polygon, preparePolygon, scanPolygon } from './polygon.js';
import { RadiusSink } from './radius-sink.js';
import { cellAt, cellHolds, MAX_POINTS, planStrips, type StripPlan, stripAt } from './strip-plan.js';
import { sweep } from './sweep.js';

const RADIANS = Math.PI / 180;
const POINTS_PER_CELL = 10;

export interface NearestOptions {
  /** Nothing further than this; metres. */
  maxMetres?: number;
  /** Asked only for points that would be among the nearest. */
  filter?: (handle: number) => boolean;
}

export interface Neighbour {
  handle: number;
  metres: number;
}

/**
 * Where everybody is now: points on the globe that move all the time.
 *
 * Handles are small integers given out by `insert` and used again after `remove`. Distances are great-circle metres
 * (haversine, within 0.56 % of WGS84). Answers do not depend on the order of past moves; equal distances are ordered
 * by handle. The index plans itself again when enough points have drifted, at amortised logarithmic cost.
 */
export class MovingIndex {
  private lat = new Float64Array(64);
  private lon = new Float64Array(64);
  /** The slot of each handle, -1 when free. */
  private slot = new Int32Array(64).fill(-1);
  private readonly free: number[] = [];
  private issued = 0;
  private changes = 0;
  private live = 0;
  private plan: StripPlan;
  private store: CellStore;
  private readonly nearestSink = new NearestSink();
  private readonly radiusSink = new RadiusSink();

  constructor(points: readonly GeoPoint[] = []) {
    for (const point of points) this.register(point.lat, point.lon);
    this.rebuild();
  }

  get size(): number {
    return this.live;
  }

  has(handle: number): boolean {
    return handle >= 0 && handle < this.issued && this.slot[handle]! >= 0;
  }

  /** The place of a handle; throws Invalid for one that is not in the index. */
  at(handle: number): GeoPoint {
    this.mustHave(handle);
    return { lat: this.lat[handle]! / RADIANS, lon: this.lon[handle]! / RADIANS };
  }

  /** Adds a point (degrees) and returns its handle. */
  insert(lat: number, lon: number): number {
    const handle = this.register(lat, lon);
    this.put(handle);
    this.noteChange();
    return handle;
  }

  /** Moves a point (degrees). Staying in its cell costs a few comparisons. */
  move(handle: number, lat: number, lon: number): void {
    this.mustHave(handle);
    mustBePlace(lat, lon);
    const a = lat * RADIANS;
    const b = wrapped(lon);
    this.lat[handle] = a;
    this.lon[handle] = b;
    const slot = this.slot[handle]!;
    const { plan, store } = this;
    const cos = Math.cos(a);
    const x = cos * Math.cos(b);
    const y = cos * Math.sin(b);
    const z = Math.sin(a);
    if (cellHolds(plan, store.cellOfSlot(slot), a, b)) {
      store.place(slot, x, y, z);
      return;
    }
    this.take(slot);
    this.slot[handle] = store.add(cellAt(plan, stripAt(plan, a), b), handle, x, y, z);
    this.noteChange();
  }

  remove(handle: number): void {
    this.mustHave(handle);
    this.take(this.slot[handle]!);
    this.slot[handle] = -1;
    this.free.push(handle);
    this.live--;
    this.noteChange();
  }

  /** Handles of the `count` nearest points, nearest first. */
  nearest(lat: number, lon: number, count: number, options: NearestOptions = {}): number[] {
    this.findNearest(lat, lon, count, options);
    return this.nearestSink.handles();
  }

  /** As `nearest`, with the distances. */
  nearestWithMetres(lat: number, lon: number, count: number, options: NearestOptions = {}): Neighbour[] {
    this.findNearest(lat, lon, count, options);
    return this.nearestSink.neighbours();
  }

  /** Handles of all points at most `metres` away, ascending. */
  withinRadius(lat: number, lon: number, metres: number, filter?: (handle: number) => boolean): number[] {
    mustBePlace(lat, lon);
    if (!(metres >= 0)) throw Invalid.field('metres', 'must not be negative', 0);
    this.radiusSink.start(this.store, lat * RADIANS, wrapped(lon), squaredChord(metres), filter);
    sweep(this.plan, lat * RADIANS, wrapped(lon), this.radiusSink);
    return this.radiusSink.finish();
  }

  /** Handles of all points inside a polygon (see `Polygon` for its shape and edges), ascending. */
  withinPolygon(polygon: Polygon, filter?: (handle: number) => boolean): number[] {
    const area = preparePolygon(polygon);
    const found: number[] = [];
    scanPolygon(this.plan, this.store, area, (handle) => {
      if (area.contains(this.lat[handle]!, this.lon[handle]!) && (!filter || filter(handle)))
        found.push(handle);
    });
    return found.sort((x, y) => x - y);
  }

  private findNearest(lat: number, lon: number, count: number, options: NearestOptions): void {
    mustBePlace(lat, lon);
    if (!Number.isInteger(count) || count < 0)
      throw Invalid.field('count', 'must be a whole number, not negative', 0);
    const { maxMetres = Number.POSITIVE_INFINITY, filter } = options;
    if (!(maxMetres >= 0)) throw Invalid.field('maxMetres', 'must not be negative', 0);
    const a = lat * RADIANS;
    const b = wrapped(lon);
    const most = squaredChord(maxMetres);
    const wanted = Math.min(count, this.live);
    const sink = this.nearestSink;
    // Guess the circle that holds enough points, from the population of the cell here; widen it when it does not.
    let limit = this.circleFor(wanted, a, b);
    for (;;) {
      sink.start(this.store, a, b, wanted, Math.min(limit, most), filter);
      if (wanted === 0) return;
      sweep(this.plan, a, b, sink);
      if (sink.size === wanted || limit >= most) return;
      limit *= Math.max(3, (2 * wanted) / (sink.size + 1));
      if (limit > 4) limit = Number.POSITIVE_INFINITY;
    }
  }

  /**
   * Squared chord of a circle that holds about 1.5 x `count` points if all around is as crowded as these cells: so many
   * that a second, wider search is rare.
   */
  private circleFor(count: number, lat: number, lon: number): number {
    const { plan, store } = this;
    const strip = stripAt(plan, lat);
    const cell = cellAt(plan, strip, lon);
    const end = plan.firstCell[strip + 1]!;
    const from = Math.max(plan.firstCell[strip]!, cell - 1);
    const to = Math.min(end, cell + 2);
    let points = POINTS_PER_CELL / 2;
    for (let i = from; i < to; i++) points += store.used[i]!;
    const width = (to < end ? plan.west[to]! : Math.PI) - plan.west[from]!;
    const area = (plan.south[strip + 1]! - plan.south[strip]!) * width * Math.cos(lat);
    return (1.7 * count * area) / (Math.PI * points);
  }

  private register(lat: number, lon: number): number {
    mustBePlace(lat, lon);
    const handle = this.free.pop() ?? this.issued++;
    if (handle >= MAX_POINTS) throw Invalid.field('points', 'too many points', MAX_POINTS);
    if (handle >= this.lat.length) this.widen();
    this.lat[handle] = lat * RADIANS;
    this.lon[handle] = wrapped(lon);
    this.slot[handle] = 0;
    this.live++;
    return handle;
  }

  private put(handle: number): void {
    const { plan } = this;
    const lat = this.lat[handle]!;
    const lon = this.lon[handle]!;
    this.placeIn(cellAt(plan, stripAt(plan, lat), lon), handle);
  }

  private placeIn(cell: number, handle: number): void {
    const lat = this.lat[handle]!;
    const lon = this.lon[handle]!;
    const cos = Math.cos(lat);
    this.slot[handle] = this.store.add(cell, handle, cos * Math.cos(lon), cos * Math.sin(lon), Math.sin(lat));
  }

  private take(slot: number): void {
    const moved = this.store.remove(slot);
    if (moved >= 0) this.slot[moved] = slot;
  }

  /** A new plan pays for itself when many cells overflow, and never more often than every n/4 changes. */
  private noteChange(): void {
    this.changes++;
    if (this.store.overflow > 4 + (this.store.cellCount >> 3) && this.changes > this.live >> 2)
      this.rebuild();
  }

  private rebuild(): void {
    const handles = new Int32Array(this.live);
    for (let handle = 0, i = 0; handle < this.issued; handle++)
      if (this.slot[handle]! >= 0) handles[i++] = handle;
    const { plan, order, cellStart } = planStrips(handles, this.lat, this.lon, POINTS_PER_CELL);
    this.plan = plan;
    this.store = new CellStore(plan.cellCount);
    for (let cell = 0; cell < plan.cellCount; cell++)
      for (let i = cellStart[cell]!; i < cellStart[cell + 1]!; i++) this.placeIn(cell, order[i]!);
    this.changes = 0;
  }

  private widen(): void {
    const length = this.lat.length * 2;
    const grown = <T extends Float64Array | Int32Array>(old: T, wide: T): T => {
      wide.set(old);
      return wide;
    };
    this.lat = grown(this.lat, new Float64Array(length));
    this.lon = grown(this.lon, new Float64Array(length));
    this.slot = grown(this.slot, new Int32Array(length).fill(-1));
  }

  private mustHave(handle: number): void {
    if (!this.has(handle)) throw Invalid.field('handle', `${handle} is not in the index`);
  }
}

/** Radians in [-pi, pi): 180 east is 180 west. */
const wrapped = (lon: number): number => (lon === 180 ? -Math.PI : lon * RADIANS);

function squaredChord(metres: number): number {
  const angle = metres / EARTH_RADIUS_METRES;
  // A little more than exact, so that a point at exactly the radius is inside whatever the rounding.
  return angle >= Math.PI ? Number.POSITIVE_INFINITY : 4 * Math.sin(angle / 2) ** 2 * (1 + 1e-12);
}

function mustBePlace(lat: number, lon: number): void {
  if (!(lat >= -90 && lat <= 90))
    throw Invalid.field('lat', `must be degrees from -90 to 90, got ${lat}`, 90);
  if (!(lon >= -180 && lon <= 180))
    throw Invalid.field('lon', `must be degrees from -180 to 180, got ${lon}`, 180);
}
