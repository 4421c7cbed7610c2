/** Points a bucket holds before it chains to another; the grid is planned for fewer, so that hardly any does. */
export const BUCKET_SLOTS = 16;
const SHIFT = 4;

/**
 * Points lie cell by cell in flat arrays, so that a search reads memory in order. Each cell owns the bucket of its own
 * number and chains to spare buckets when it overflows. Coordinates are unit vectors: squared chords between them order
 * points exactly as great-circle distances do, with no trigonometry and no seam at the antimeridian or the poles.
 */
export class CellStore {
  /** x, y, z of each slot. */
  xyz: Float64Array;
  /** The handle in each slot. */
  owner: Int32Array;
  /** Slots in use, by bucket. */
  used: Uint8Array;
  /** The bucket that continues this one, -1 for none. */
  next: Int32Array;
  /** The cell a bucket belongs to. */
  cellOf: Int32Array;
  private bucketCount: number;

  constructor(readonly cellCount: number) {
    const buckets = cellCount + (cellCount >> 3) + 4;
    this.xyz = new Float64Array(buckets * BUCKET_SLOTS * 3);
    this.owner = new Int32Array(buckets * BUCKET_SLOTS);
    this.used = new Uint8Array(buckets);
    this.next = new Int32Array(buckets).fill(-1);
    this.cellOf = Int32Array.from({ length: buckets }, (_, i) => i);
    this.bucketCount = cellCount;
  }

  /** Buckets beyond one a cell: how far the points have drifted from the plan. */
  get overflow(): number {
    return this.bucketCount - this.cellCount;
  }

  /** Puts a handle into a cell and returns its slot. */
  add(cell: number, handle: number, x: number, y: number, z: number): number {
    let bucket = cell;
    while (this.used[bucket]! === BUCKET_SLOTS) {
      const next = this.next[bucket]!;
      bucket = next >= 0 ? next : this.chain(bucket, cell);
    }
    const slot = (bucket << SHIFT) + this.used[bucket]!++;
    this.owner[slot] = handle;
    this.place(slot, x, y, z);
    return slot;
  }

  place(slot: number, x: number, y: number, z: number): void {
    const at = slot * 3;
    this.xyz[at] = x;
    this.xyz[at + 1] = y;
    this.xyz[at + 2] = z;
  }

  /** Empties a slot by moving the bucket's last point into it; returns the handle that moved, or -1. */
  remove(slot: number): number {
    const bucket = slot >> SHIFT;
    const last = (bucket << SHIFT) + --this.used[bucket]!;
    if (last === slot) return -1;
    this.xyz.copyWithin(slot * 3, last * 3, last * 3 + 3);
    this.owner[slot] = this.owner[last]!;
    return this.owner[slot]!;
  }

  cellOfSlot(slot: number): number {
    return this.cellOf[slot >> SHIFT]!;
  }

  private chain(from: number, cell: number): number {
    const bucket = this.bucketCount++;
    if (bucket === this.used.length) this.grow();
    this.next[from] = bucket;
    this.cellOf[bucket] = cell;
    return bucket;
  }

  private grow(): void {
    const buckets = this.used.length + (this.used.length >> 1) + 4;
    const xyz = new Float64Array(buckets * BUCKET_SLOTS * 3);
    xyz.set(this.xyz);
    this.xyz = xyz;
    this.owner = widen(this.owner, new Int32Array(buckets * BUCKET_SLOTS));
    this.next = widen(this.next, new Int32Array(buckets).fill(-1));
    this.cellOf = widen(this.cellOf, new Int32Array(buckets));
    const used = new Uint8Array(buckets);
    used.set(this.used);
    this.used = used;
  }
}

function widen(old: Int32Array, wide: Int32Array): Int32Array {
  wide.set(old);
  return wide;
}
