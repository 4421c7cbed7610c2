import type { components } from '../../api/__generated__/schema';
import { call } from '../../api/call';
import { Problem } from '../../api/problem';

export type ImportPreview = components['schemas']['WorkerImportView'];
export type Fault = ImportPreview['errors'][number];

/** What the server reads, in the order in which it is best written. */
export const COLUMNS = [
  'name',
  'external_ref',
  'phone',
  'skills',
  'home_areas',
  'languages',
  'equipment',
  'vehicle',
  'weekdays',
  'start',
  'end',
  'time_zone',
] as const;

/** The file as it is. A dry run writes nothing and tells what is wrong with which cell. @throws Problem */
export const sendWorkers = (
  text: string,
  { dryRun, signal, key }: { dryRun: boolean; signal?: AbortSignal; key?: string },
): Promise<ImportPreview> =>
  call<ImportPreview>('POST', '/workers/import', {
    query: { dryRun },
    body: new Blob([text], { type: 'text/csv' }),
    signal,
    key,
  });

/** What keeps the file from being a table of workers at all; empty when the problem is another one. */
export const faultsOf = (error: unknown): Fault[] =>
  error instanceof Problem
    ? error.errors.map(({ field, message, ...place }) => ({ line: 0, column: '', ...place, field, message }))
    : [];
