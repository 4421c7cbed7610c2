import { Injectable } from '@nestjs/common';
import { gather, type ImportBody, MAX_IMPORT_BYTES, Threads, type ThreadTask } from '#platform';
import { type ReadShape, readPolygon } from '../shapes/read-shape.js';
import type { AreaFile } from './area-file.thread.js';

/** With fewer corners a polygon is judged at once: it takes a few milliseconds. */
const MAX_CORNERS_AT_ONCE = 500;

const READ_SHAPE: ThreadTask<{ polygon: unknown }, ReadShape> = {
  file: new URL('./area-shape.thread.js', import.meta.url).href,
  maxSeconds: 20,
  what: 'the polygon',
};
const READ_FILE: ThreadTask<{ bytes: Uint8Array }, AreaFile> = {
  file: new URL('./area-file.thread.js', import.meta.url).href,
  maxSeconds: 30,
  what: 'the file',
};

/** Judges shapes away from the event loop. Ask before a transaction is open. */
@Injectable()
export class AreaShapesService {
  constructor(private readonly threads: Threads) {}

  /** @throws Invalid naming ring and vertex */
  async polygon(polygon: unknown): Promise<ReadShape> {
    return fewCorners(polygon) ? readPolygon(polygon) : this.threads.run(READ_SHAPE, { polygon });
  }

  /** @throws Invalid when it is no collection; what is wrong with single features is in the answer */
  async file(body: ImportBody): Promise<AreaFile> {
    const bytes = await gather(body, MAX_IMPORT_BYTES);
    return this.threads.run(READ_FILE, { bytes }, [bytes.buffer]);
  }
}

/** Counts lists of lists until there are too many. */
function fewCorners(polygon: unknown): boolean {
  const waiting: unknown[] = [(polygon as { coordinates?: unknown } | null)?.coordinates];
  let corners = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!Array.isArray(next)) continue;
    if (++corners > MAX_CORNERS_AT_ONCE || next.length > MAX_CORNERS_AT_ONCE) return false;
    waiting.push(...(next as unknown[]));
  }
  return true;
}
