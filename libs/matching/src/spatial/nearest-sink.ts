import { EARTH_RADIUS_METRES } from '#kernel';
import { BUCKET_SLOTS, type CellStore } from './cell-store.js';
import type { Neighbour } from './moving-index.js';
import type { Sink } from './sweep.js';

/** Keeps the k nearest points seen, in order; once it is full, its limit is the k-th distance. */
export class NearestSink implements Sink {
  limit = 0;
  size = 0;
  private store: CellStore;
  private filter: ((handle: number) => boolean) | undefined;
  private x = 0;
  private y = 0;
  private z = 0;
  private wanted = 0;
  private chord = new Float64Array(32);
  private handle = new Int32Array(32);

  start(
    store: CellStore,
    lat: number,
    lon: number,
    wanted: number,
    limit: number,
    filter?: (handle: number) => boolean,
  ): void {
    const cos = Math.cos(lat);
    this.x = cos * Math.cos(lon);
    this.y = cos * Math.sin(lon);
    this.z = Math.sin(lat);
    this.store = store;
    this.filter = filter;
    this.limit = limit;
    this.wanted = wanted;
    this.size = 0;
    if (wanted > this.chord.length) {
      this.chord = new Float64Array(wanted * 2);
      this.handle = new Int32Array(wanted * 2);
    }
  }

  scan(cell: number): void {
    const { x, y, z, store, filter } = this;
    const { xyz, owner, used, next } = store;
    let limit = this.limit;
    for (let bucket = cell; bucket >= 0; bucket = next[bucket]!) {
      const first = bucket * BUCKET_SLOTS;
      const end = first + used[bucket]!;
      for (let slot = first, at = first * 3; slot < end; slot++, at += 3) {
        const dx = xyz[at]! - x;
        const dy = xyz[at + 1]! - y;
        const dz = xyz[at + 2]! - z;
        const chord = dx * dx + dy * dy + dz * dz;
        if (chord > limit || (filter !== undefined && !filter(owner[slot]!))) continue;
        limit = this.add(chord, owner[slot]!, limit);
      }
    }
    this.limit = limit;
  }

  /** Insertion from the far end, where most newcomers belong; returns the limit from now on. */
  private add(chord: number, handle: number, limit: number): number {
    const { chord: chords, handle: handles, wanted } = this;
    let i = this.size;
    if (i < wanted) this.size++;
    else if (chord === limit && handle > handles[i - 1]!) return limit;
    else i--;
    for (; i > 0 && chords[i - 1]! >= chord; i--) {
      if (chords[i - 1]! === chord && handles[i - 1]! < handle) break;
      chords[i] = chords[i - 1]!;
      handles[i] = handles[i - 1]!;
    }
    chords[i] = chord;
    handles[i] = handle;
    return this.size === wanted ? chords[wanted - 1]! : limit;
  }

  handles(): number[] {
    const list: number[] = new Array(this.size);
    for (let i = 0; i < this.size; i++) list[i] = this.handle[i]!;
    return list;
  }

  neighbours(): Neighbour[] {
    const list: Neighbour[] = new Array(this.size);
    for (let i = 0; i < this.size; i++)
      list[i] = { handle: this.handle[i]!, metres: metresOf(this.chord[i]!) };
    return list;
  }
}

const metresOf = (squaredChord: number): number =>
  2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(squaredChord) / 2));
