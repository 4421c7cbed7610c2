/** Handles fit below the quantised coordinate in one double, which the engine's native sort then orders. */
export const MAX_POINTS = 2 ** 23;
const STEPS = 2 ** 30;

const HALF_PI = Math.PI / 2;
const TWO_PI = 2 * Math.PI;

/**
 * A grid that follows the points: the globe is cut along parallels into strips of equal population, and each strip
 * along meridians into cells of equal population (sort-tile-recursive, Leutenegger et al. 1997). Cities get small
 * cells, oceans large ones; a strip is a closed circle, so the antimeridian is an edge like any other. Radians.
 */
export interface StripPlan {
  stripCount: number;
  cellCount: number;
  /** South edge of each strip, and the north pole at the end. */
  south: Float64Array;
  /** Smallest cosine of latitude in each strip: how little a degree of longitude can be worth there. */
  leastCos: Float64Array;
  /** The first cell of each strip, and `cellCount` at the end. */
  firstCell: Int32Array;
  /** West edge of each cell; the first of a strip starts at -pi. */
  west: Float64Array;
  /** The strip of each cell. */
  stripOf: Int32Array;
}

/** Handles in cell order: `order[i]` lies in the cell whose range of `cellStart` covers i. */
export interface PlannedCells {
  plan: StripPlan;
  order: Int32Array;
  cellStart: Int32Array;
}

/** The strip of a latitude: the last one whose south edge is not north of it. */
export function stripAt(plan: StripPlan, lat: number): number {
  const { south } = plan;
  let low = 0;
  let high = plan.stripCount;
  while (high - low > 1) {
    const mid = (low + high) >>> 1;
    if (south[mid]! <= lat) low = mid;
    else high = mid;
  }
  return low;
}

/** The cell of a longitude within a strip. */
export function cellAt(plan: StripPlan, strip: number, lon: number): number {
  const { west } = plan;
  let low = plan.firstCell[strip]!;
  let high = plan.firstCell[strip + 1]!;
  while (high - low > 1) {
    const mid = (low + high) >>> 1;
    if (west[mid]! <= lon) low = mid;
    else high = mid;
  }
  return low;
}

/** Is this the cell of the point? */
export function cellHolds(plan: StripPlan, cell: number, lat: number, lon: number): boolean {
  const strip = plan.stripOf[cell]!;
  if (lat < plan.south[strip]! || lat >= plan.south[strip + 1]! || lon < plan.west[cell]!) return false;
  return cell + 1 === plan.firstCell[strip + 1]! || lon < plan.west[cell + 1]!;
}

/** Plans cells of about `perCell` points for the given handles, whose coordinates are looked up in `lat` and `lon`. */
export function planStrips(
  handles: Int32Array,
  lat: Float64Array,
  lon: Float64Array,
  perCell: number,
): PlannedCells {
  const cells = Math.max(1, Math.ceil(handles.length / perCell));
  const byLat = sortedKeys(handles, lat, -HALF_PI, Math.PI);
  const strips = stripsForSquareCells(byLat, lat, lon, cells);

  const south: number[] = [];
  const leastCos: number[] = [];
  const firstCell: number[] = [];
  const west: number[] = [];
  const cellStart: number[] = [];
  const order = new Int32Array(handles.length);

  for (let strip = 0, from = 0; strip < strips && from < handles.length; strip++) {
    const to = runEnd(byLat, from, Math.round(((strip + 1) * handles.length) / strips));
    if (to === from) continue;
    const inStrip = new Int32Array(to - from);
    for (let i = from; i < to; i++) inStrip[i - from] = byLat[i]! % MAX_POINTS;
    const byLon = sortedKeys(inStrip, lon, -Math.PI, TWO_PI);
    south.push(south.length === 0 ? -HALF_PI : edgeOf(byLat[from]!, -HALF_PI, Math.PI));
    firstCell.push(west.length);

    const stripCells = Math.max(1, Math.round((cells * (to - from)) / handles.length));
    for (let cell = 0, a = 0; a < byLon.length; cell++) {
      const b = runEnd(byLon, a, Math.round(((cell + 1) * byLon.length) / stripCells));
      if (b === a) continue;
      west.push(a === 0 ? -Math.PI : edgeOf(byLon[a]!, -Math.PI, TWO_PI));
      cellStart.push(from + a);
      for (let i = a; i < b; i++) order[from + i] = byLon[i]! % MAX_POINTS;
      a = b;
    }
    from = to;
  }
  if (south.length === 0) {
    south.push(-HALF_PI);
    firstCell.push(0);
    west.push(-Math.PI);
    cellStart.push(0);
  }
  south.push(HALF_PI);
  firstCell.push(west.length);
  cellStart.push(handles.length);
  for (let strip = 0; strip + 1 < south.length; strip++)
    leastCos.push(Math.max(0, Math.cos(Math.max(Math.abs(south[strip]!), Math.abs(south[strip + 1]!)))));
  const stripOf = new Int32Array(west.length);
  for (let strip = 0; strip < leastCos.length; strip++)
    stripOf.fill(strip, firstCell[strip]!, firstCell[strip + 1]!);
  const plan = {
    stripCount: south.length - 1,
    cellCount: west.length,
    south: Float64Array.from(south),
    leastCos: Float64Array.from(leastCos),
    firstCell: Int32Array.from(firstCell),
    west: Float64Array.from(west),
    stripOf,
  };
  return { plan, order, cellStart: Int32Array.from(cellStart) };
}

/** Keys of quantised coordinate then handle, ascending. */
function sortedKeys(handles: Int32Array, coordinate: Float64Array, low: number, range: number): Float64Array {
  const keys = new Float64Array(handles.length);
  for (let i = 0; i < handles.length; i++) {
    const step = Math.floor(((coordinate[handles[i]!]! - low) / range) * STEPS);
    keys[i] = Math.min(STEPS - 1, Math.max(0, step)) * MAX_POINTS + handles[i]!;
  }
  return keys.sort();
}

/** The coordinate at the lower edge of a key's quantum. */
const edgeOf = (key: number, low: number, range: number): number =>
  low + (Math.floor(key / MAX_POINTS) / STEPS) * range;

/** The first index at or after `want` where a new quantum starts: points in one quantum are never parted. */
function runEnd(keys: Float64Array, from: number, want: number): number {
  let end = Math.min(keys.length, Math.max(from, want));
  while (end > from && end < keys.length && quantum(keys[end]!) === quantum(keys[end - 1]!)) end++;
  return end;
}

const quantum = (key: number): number => Math.floor(key / MAX_POINTS);

/**
 * How many strips make the typical cell as wide as it is high. A few sample strips are measured, where the points
 * are: the outline of all points would mislead when they lie in cities an ocean apart.
 */
function stripsForSquareCells(
  byLat: Float64Array,
  lat: Float64Array,
  lon: Float64Array,
  cells: number,
): number {
  const trial = Math.max(1, Math.round(Math.sqrt(cells)));
  const size = Math.floor(byLat.length / trial);
  if (trial < 4 || size < 16) return trial;
  const ratios: number[] = [];
  for (let sample = 0; sample < 9; sample++) {
    const from = Math.floor(((sample + 0.5) / 9) * trial) * size;
    const first = byLat[from]! % MAX_POINTS;
    const last = byLat[Math.min(byLat.length, from + size) - 1]! % MAX_POINTS;
    const lons = Float64Array.from({ length: size }, (_, i) => lon[byLat[from + i]! % MAX_POINTS]!).sort();
    const perCell = Math.max(1, Math.round((size * trial) / cells));
    const widths: number[] = [];
    for (let i = perCell; i < size; i += perCell) widths.push(lons[i]! - lons[i - perCell]!);
    widths.sort((a, b) => a - b);
    const width = (widths[widths.length >> 1] ?? 0) * Math.cos(lat[first]!);
    const height = lat[last]! - lat[first]!;
    if (width > 0 && height > 0) ratios.push(height / width);
  }
  ratios.sort((a, b) => a - b);
  const ratio = ratios.length ? ratios[ratios.length >> 1]! : 1;
  return Math.min(cells, Math.max(1, Math.round(trial * Math.sqrt(ratio))));
}
