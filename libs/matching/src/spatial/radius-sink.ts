import { BUCKET_SLOTS, type CellStore } from './cell-store.js';
import type { Sink } from './sweep.js';

/** Collects every point within a fixed limit. */
export class RadiusSink implements Sink {
  limit = 0;
  private store: CellStore;
  private filter: ((handle: number) => boolean) | undefined;
  private x = 0;
  private y = 0;
  private z = 0;
  private found: number[] = [];

  start(
    store: CellStore,
    lat: number,
    lon: number,
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
    this.found = [];
  }

  scan(cell: number): void {
    const { x, y, z, store, limit, filter, found } = this;
    const { xyz, owner } = store;
    for (let bucket = cell; bucket >= 0; bucket = store.next[bucket]!) {
      const first = bucket * BUCKET_SLOTS;
      const end = first + store.used[bucket]!;
      for (let slot = first, at = first * 3; slot < end; slot++, at += 3) {
        const dx = xyz[at]! - x;
        const dy = xyz[at + 1]! - y;
        const dz = xyz[at + 2]! - z;
        if (dx * dx + dy * dy + dz * dz <= limit && (!filter || filter(owner[slot]!)))
          found.push(owner[slot]!);
      }
    }
  }

  finish(): number[] {
    const found = this.found;
    this.found = [];
    return found.sort((a, b) => a - b);
  }
}
