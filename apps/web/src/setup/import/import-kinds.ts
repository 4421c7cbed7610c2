import type { components } from '../../api/__generated__/schema';
import { api } from '../../api/api';
import { Problem } from '../../api/problem';

export type ImportPreview = components['schemas']['WorkerImportView'] & { outsideAreas?: number };
export type Fault = ImportPreview['errors'][number];

/** What can be imported from a file. */
export interface ImportKind {
  /** In `import.of.…` stand its words. */
  name: 'workers' | 'jobs' | 'areas';
  route: '/workers/import' | '/jobs/import' | '/areas/import';
  mediaType: string;
  accept: string;
  /** What the server reads, in the order in which it is best written; none: the file names its own. */
  columns: readonly string[];
  /** Where what was imported is seen. */
  seenAt: string;
  /** Lists in the server's answers that it changes. */
  keys: string[][];
}

export const WORKERS: ImportKind = {
  name: 'workers',
  route: '/workers/import',
  mediaType: 'text/csv',
  accept: '.csv,text/csv',
  columns: [
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
  ],
  seenAt: '/setup/workers',
  keys: [['workers']],
};

export const JOBS: ImportKind = {
  name: 'jobs',
  route: '/jobs/import',
  mediaType: 'text/csv',
  accept: '.csv,text/csv',
  columns: [
    'address',
    'lat',
    'lon',
    'service_type',
    'contact_name',
    'contact_phone',
    'window_start',
    'window_end',
    'priority',
    'duration_minutes',
    'skills',
    'external_ref',
    'notes',
  ],
  seenAt: '/',
  keys: [['jobs']],
};

export const AREAS: ImportKind = {
  name: 'areas',
  route: '/areas/import',
  mediaType: 'application/geo+json',
  accept: '.geojson,.json,application/geo+json,application/json',
  columns: [],
  seenAt: '/setup/areas',
  keys: [['areas']],
};

/** The file as it is. A dry run writes nothing and tells what is wrong with which cell. @throws Problem */
export const sendFile = (
  { route, mediaType }: ImportKind,
  text: string,
  { dryRun, signal, key }: { dryRun: boolean; signal?: AbortSignal; key?: string },
): Promise<ImportPreview> =>
  api.post(route, {
    query: { dryRun },
    body: new Blob([text], { type: mediaType }),
    signal,
    key,
  });

/** What keeps the file from being read at all; empty when the problem is another one. */
export const faultsOf = (error: unknown): Fault[] =>
  error instanceof Problem
    ? error.errors.map(({ field, message, ...place }) => ({ line: 0, column: '', ...place, field, message }))
    : [];
