import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { find as zonesAt } from 'geo-tz';
import { parseMap } from './replay/columns.js';
import { type CityLog, readLog } from './replay/read-log.js';
import { renderReport } from './replay/report.js';
import { UsageError } from './usage-error.js';

const USAGE =
  'doorstep replay FILE.csv [--speed N|max] [--url URL] [--map field=column,…] [--zone ZONE] [--limit N] [--workers N] [--seed N] [--report FILE.md]';

/** Plays a real log of requests through the API, on the shared business clock. Exit code 1 when anything was lost. */
export async function replay(argv: string[]): Promise<void> {
  const options = readOptions(argv);
  const records = readRecords(options.file);
  const log = read(records, options);
  if (log.requests.length === 0) throw new UsageError('no line of the file can be used');
  const { playLog } = await import('./replay/play.js');
  // A part of the file is played in the city that the whole of it shows.
  const { requests: known } =
    options.limit === undefined ? log : read(records, { ...options, limit: undefined });
  const figures = await playLog(log, known, options);
  const report = renderReport(figures);
  if (options.report) writeFileSync(options.report, `# ${basename(options.file)}, replayed\n\n${report}`);
  console.log(report);
  const { isWhole } = await import('./replay/report.js');
  if (!isWhole(figures)) process.exitCode = 1;
}

export interface ReplayOptions {
  file: string;
  /** Business seconds in a wall second; null: as fast as it goes. */
  speed: number | null;
  url: string | null;
  map: string | undefined;
  zone: string | undefined;
  limit: number | undefined;
  workers: number | undefined;
  seed: number;
  report: string | undefined;
  /** Where an installation of the replay's own lies. */
  folder: string;
}

function readOptions(argv: string[]): ReplayOptions {
  const text = { type: 'string' } as const;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        speed: text,
        url: text,
        map: text,
        zone: text,
        limit: text,
        workers: text,
        seed: text,
        report: text,
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
  const values = parsed.values as Record<string, string | undefined>;
  const [file, ...more] = parsed.positionals;
  if (!file || more.length > 0) throw new UsageError(USAGE);
  const { speed = 'max', url, map, zone, report } = values;
  if (url !== undefined && (!URL.canParse(url) || !/^https?:/.test(url)))
    throw new UsageError(`--url must be an http address, not ${url}`);
  return {
    file,
    speed: speed === 'max' ? null : number(speed, '--speed', 0.1, 100_000),
    url: url ? new URL(url).origin : null,
    map,
    zone,
    limit: values.limit === undefined ? undefined : number(values.limit, '--limit', 1, 10_000_000),
    workers: values.workers === undefined ? undefined : number(values.workers, '--workers', 1, 5_000),
    seed: values.seed === undefined ? 1 : number(values.seed, '--seed', 0, 2_147_483_647),
    report,
    folder: join(process.env.DATA_DIR ?? '.data', 'replay'),
  };
}

function number(text: string, name: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new UsageError(
      `${name} must be ${low} to ${high}${name === '--speed' ? ', or max' : ''}, not "${text}"`,
    );
  return value;
}

function readRecords(file: string): string[][] {
  try {
    const content = readFileSync(file, 'utf8');
    return parse(content, { bom: true, relaxColumnCount: true, skipEmptyLines: true }) as string[][];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

const read = (records: string[][], { map, zone, limit }: ReplayOptions): CityLog =>
  readLog(records, {
    map: parseMap(map),
    limit,
    timeZone: ({ lat, lon }) => zone ?? zonesAt(lat, lon)[0] ?? 'UTC',
  });
