import { deserialize } from 'node:v8';
import type { RecordedDay } from './recorded-day.js';

/** A recorded day in pieces of bytes, which cross to another thread without being copied. */
export interface PackedDay extends Omit<RecordedDay, 'jobs' | 'workers'> {
  jobs: Uint8Array<ArrayBuffer>[];
  workers: Uint8Array<ArrayBuffer>[];
}

export const unpackDay = ({ jobs, workers, ...rest }: PackedDay): RecordedDay => ({
  ...rest,
  jobs: unpacked(jobs),
  workers: unpacked(workers),
});

const unpacked = <T>(pages: readonly Uint8Array[]): T[] => pages.flatMap((page) => deserialize(page) as T[]);
