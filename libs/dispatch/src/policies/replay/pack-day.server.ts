import { serialize } from 'node:v8';
import { inSlices } from '#platform';
import type { RecordedDay } from './recorded-day.js';
import type { PackedDay } from './unpack-day.js';

const JOBS_TOGETHER = 200;
/** Each may have ten thousand fixes. */
const WORKERS_TOGETHER = 4;

export async function packDay({ jobs, workers, ...rest }: RecordedDay): Promise<PackedDay> {
  return {
    ...rest,
    jobs: await packed(jobs, JOBS_TOGETHER),
    workers: await packed(workers, WORKERS_TOGETHER),
  };
}

/** For the list of what is given away. */
export const buffersOf = ({ jobs, workers }: PackedDay): ArrayBuffer[] =>
  [...jobs, ...workers].map(({ buffer }) => buffer);

async function packed(list: readonly unknown[], together: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const starts = Array.from({ length: Math.ceil(list.length / together) }, (_, page) => page * together);
  const pages: Uint8Array<ArrayBuffer>[] = [];
  await inSlices(starts, (from) => {
    pages.push(new Uint8Array(serialize(list.slice(from, from + together))));
  });
  return pages;
}
