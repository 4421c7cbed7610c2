import { Injectable } from '@nestjs/common';
import { Invalid, type LineError } from '#kernel';
import { type ImportBody, type ImportView, inSlices, shownRows, TableReader, type Tx } from '#platform';
import { type AreaName, PhonesService, TerritoryService } from '#territory';
import { HoursService } from '../hours/hours.service.js';
import { csvError } from './csv-faults.js';
import {
  type CsvRow,
  type CsvWorker,
  MAX_WORKER_ROWS,
  readWorkerColumns,
  readWorkerRow,
} from './worker-csv.js';
import { WorkersService } from './workers.service.js';

const MAX_ERRORS = 100;

/** A file that was read, with what is wrong in its cells. */
export interface CsvWorkers {
  columns: string[];
  rows: CsvRow[];
  errors: LineError[];
}

/** Workers from a CSV file: all lines or none. A line whose external reference is known changes that worker. */
@Injectable()
export class WorkerImportService {
  constructor(
    private readonly workers: WorkersService,
    private readonly hours: HoursService,
    private readonly territory: TerritoryService,
    private readonly tables: TableReader,
    private readonly phones: PhonesService,
  ) {}

  /** Reads the file, before a transaction is open. @throws Invalid naming line and column */
  async read(body: ImportBody): Promise<CsvWorkers> {
    const table = await this.tables.read(body, { maxRows: MAX_WORKER_ROWS });
    const columns = readWorkerColumns(table.header.cells, table.header.line);
    const read: CsvWorkers = { columns: table.header.cells, rows: [], errors: [] };
    await inSlices(table.rows(), (cells) => {
      const { row, errors } = readWorkerRow(columns, cells);
      read.rows.push(row);
      read.errors.push(...errors);
    });
    return read;
  }

  /**
   * A dry run writes nothing and answers with the errors beside their cells.
   *
   * @throws Invalid naming line and column, unless it is a dry run.
   */
  async run(tx: Tx, file: CsvWorkers, { dryRun }: { dryRun: boolean }): Promise<ImportView> {
    const { columns, rows } = file;
    const areas = new Map(
      (await this.territory.areaNames(tx)).map((area) => [area.name.toLowerCase(), area]),
    );
    const known = await this.knownRefs(tx, rows);
    const errors = [...file.errors];
    const firstLine = new Map<string, number>();
    const phones = await this.phones.reader(tx);
    await inSlices(rows, (row) => {
      errors.push(...unknownAreas(row, columns, areas), ...doubleRef(row, columns, firstLine));
      const { phone } = row.worker;
      if (phone !== undefined && phones.tryRead(phone) === null)
        errors.push(csvError(row.line, columnNamed(columns, 'phone'), 'NOT_A_PHONE'));
    });
    errors.sort((a, b) => a.line - b.line);
    const isKnown = ({ externalRef }: CsvWorker) => externalRef !== undefined && known.has(externalRef);
    const updated = rows.filter(({ worker }) => isKnown(worker)).length;
    const report = { dryRun, rows: rows.length, created: rows.length - updated, updated, columns };
    if (dryRun) {
      const preview = previewOf(rows, columns, errors, isKnown);
      return { ...report, errors: errors.slice(0, MAX_ERRORS), preview };
    }
    if (errors.length > 0) throw new Invalid(errors.slice(0, MAX_ERRORS));
    for (const { worker } of rows) await this.take(tx, worker, known.get(worker.externalRef ?? ''), areas);
    return { ...report, errors: [], preview: [] };
  }

  /** Which of the external references in the file are somebody's already, and whose. */
  private async knownRefs(tx: Tx, rows: CsvRow[]): Promise<Map<string, string>> {
    const refs = rows.flatMap(({ worker }) => worker.externalRef ?? []);
    const found = await tx.sql<{ ref: string; id: string }>(
      `SELECT external_ref AS ref, id FROM workers WHERE archived_at IS NULL AND external_ref = ANY($1)`,
      [refs],
    );
    return new Map(found.map(({ ref, id }) => [ref, id]));
  }

  private async take(
    tx: Tx,
    { homeAreas, skills, weekdays, startMinute, endMinute, timeZone, ...plain }: CsvWorker,
    id: string | undefined,
    areas: Map<string, AreaName>,
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

const unknownAreas = (
  { line, worker }: CsvRow,
  columns: string[],
  areas: Map<string, unknown>,
): LineError[] =>
  (worker.homeAreas ?? [])
    .filter((name) => !areas.has(name.toLowerCase()))
    .map((name) => csvError(line, columnNamed(columns, 'areas'), 'UNKNOWN_AREA', { value: name }));

function doubleRef({ line, worker }: CsvRow, columns: string[], firstLine: Map<string, number>): LineError[] {
  if (worker.externalRef === undefined) return [];
  const other = firstLine.get(worker.externalRef);
  if (other !== undefined)
    return [csvError(line, columnNamed(columns, 'externalref'), 'DOUBLE_REF', { other })];
  firstLine.set(worker.externalRef, line);
  return [];
}

function previewOf(
  rows: CsvRow[],
  columns: string[],
  errors: LineError[],
  isKnown: (worker: CsvWorker) => boolean,
): ImportView['preview'] {
  const wrong = new Map(errors.map((error) => [`${error.line} ${error.column}`, error]));
  return shownRows(rows, new Set(errors.map(({ line }) => line))).map(({ line, cells, worker }) => ({
    line,
    action: isKnown(worker) ? ('update' as const) : ('create' as const),
    cells: columns.map((name) => {
      const { message = null, code, values } = wrong.get(`${line} ${name}`) ?? {};
      return { value: cells[name]!, error: message, code, values };
    }),
  }));
}
