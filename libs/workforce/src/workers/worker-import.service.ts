import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Invalid, type LineError } from '#kernel';
import type { Tx } from '#platform';
import { type ServiceArea, Territory } from '#territory';
import { HoursService } from '../hours/hours.service.js';
import { csvError } from '../rules/csv-faults.js';
import { type CsvRow, type CsvWorker, readCsvWorkers } from '../rules/worker-csv.js';
import { Worker } from '../worker.entity.js';
import { WorkersService } from './workers.service.js';

interface Cell extends Pick<LineError, 'code' | 'values'> {
  value: string;
  error: string | null;
}

export interface ImportPreview {
  dryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  errors: LineError[];
  columns: string[];
  /** The first lines and every wrong one, cell by cell; only of a dry run. */
  preview: { line: number; action: 'create' | 'update'; cells: Cell[] }[];
}

const MOST_ERRORS = 100;
const PREVIEWED_ROWS = 200;

/** Workers from a CSV file: all lines or none. A line whose external reference is known changes that worker. */
@Injectable()
export class WorkerImport {
  constructor(
    private readonly workers: WorkersService,
    private readonly hours: HoursService,
    private readonly territory: Territory,
  ) {}

  /**
   * A dry run writes nothing and answers with the errors beside their cells.
   *
   * @throws Invalid naming line and column, unless it is a dry run.
   */
  async run(tx: Tx, content: string, { dryRun }: { dryRun: boolean }): Promise<ImportPreview> {
    const { columns, rows, errors } = readCsvWorkers(content);
    const areas = new Map((await this.territory.areas(tx)).map((area) => [area.name.toLowerCase(), area]));
    const known = new Map(
      (await tx.repo(Worker).findBy({ archivedAt: IsNull() }))
        .filter((worker) => worker.externalRef !== null)
        .map((worker) => [worker.externalRef, worker.id]),
    );
    errors.push(
      ...unknownAreas(rows, columns, areas),
      ...doubleRefs(rows, columns),
      ...unknownZones(rows, columns),
    );
    errors.sort((a, b) => a.line - b.line);
    const updated = rows.filter(({ worker }) => known.has(worker.externalRef ?? null)).length;
    const report = { dryRun, rows: rows.length, created: rows.length - updated, updated, columns };
    if (dryRun) {
      const preview = previewOf(rows, columns, errors, (worker) => known.has(worker.externalRef ?? null));
      return { ...report, errors: errors.slice(0, MOST_ERRORS), preview };
    }
    if (errors.length > 0) throw new Invalid(errors.slice(0, MOST_ERRORS));
    for (const { worker } of rows) await this.take(tx, worker, known.get(worker.externalRef ?? null), areas);
    return { ...report, errors: [], preview: [] };
  }

  private async take(
    tx: Tx,
    { homeAreas, skills, weekdays, startMinute, endMinute, timeZone, ...plain }: CsvWorker,
    id: string | undefined,
    areas: Map<string, ServiceArea>,
  ): Promise<void> {
    const homes = homeAreas?.map((name) => areas.get(name.toLowerCase())!);
    const input = { ...plain, ...(homes ? { homeAreaIds: homes.map((area) => area.id) } : {}) };
    const worker = id ? await this.workers.change(tx, id, input) : await this.workers.create(tx, input);
    if (skills) await this.workers.setSkills(tx, worker.id, skills);
    if (weekdays === undefined || startMinute === undefined || endMinute === undefined) return;
    const zone = timeZone ?? homes?.[0]?.timeZone ?? [...areas.values()][0]?.timeZone ?? 'UTC';
    const end = endMinute > startMinute ? endMinute : endMinute + 1_440;
    const weekly = weekdays.map((weekday) => ({ weekday, startMinute, endMinute: end }));
    await this.hours.setWeekly(tx, worker.id, { timeZone: zone, weekly });
  }
}

const columnNamed = (columns: string[], plain: string): string =>
  columns.find((name) =>
    name
      .toLowerCase()
      .replaceAll(/[\s_-]/g, '')
      .endsWith(plain),
  ) ?? plain;

function unknownAreas(rows: CsvRow[], columns: string[], areas: Map<string, unknown>): LineError[] {
  return rows.flatMap(({ line, worker }) =>
    (worker.homeAreas ?? [])
      .filter((name) => !areas.has(name.toLowerCase()))
      .map((name) => csvError(line, columnNamed(columns, 'areas'), 'UNKNOWN_AREA', { value: name })),
  );
}

function doubleRefs(rows: CsvRow[], columns: string[]): LineError[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, worker }) => {
    if (worker.externalRef === undefined) return [];
    const other = first.get(worker.externalRef);
    if (other !== undefined)
      return [csvError(line, columnNamed(columns, 'externalref'), 'DOUBLE_REF', { other })];
    first.set(worker.externalRef, line);
    return [];
  });
}

function unknownZones(rows: CsvRow[], columns: string[]): LineError[] {
  const good = new Set(Intl.supportedValuesOf('timeZone')).add('UTC');
  return rows.flatMap(({ line, worker }) =>
    worker.timeZone === undefined || good.has(worker.timeZone)
      ? []
      : [csvError(line, columnNamed(columns, 'timezone'), 'UNKNOWN_ZONE', { value: worker.timeZone })],
  );
}

function previewOf(
  rows: CsvRow[],
  columns: string[],
  errors: LineError[],
  isKnown: (worker: CsvWorker) => boolean,
): ImportPreview['preview'] {
  const wrong = new Map(errors.map((error) => [`${error.line} ${error.column}`, error]));
  const wrongLines = new Set(errors.map(({ line }) => line));
  return rows
    .filter(({ line }, i) => i < PREVIEWED_ROWS || wrongLines.has(line))
    .slice(0, 2 * PREVIEWED_ROWS)
    .map(({ line, cells, worker }) => ({
      line,
      action: isKnown(worker) ? ('update' as const) : ('create' as const),
      cells: columns.map((name) => {
        const { message = null, code, values } = wrong.get(`${line} ${name}`) ?? {};
        return { value: cells[name]!, error: message, code, values };
      }),
    }));
}
