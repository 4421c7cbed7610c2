import { plainToInstance } from 'class-transformer';
import { CsvError, parse } from 'csv-parse/sync';
import { FILE_FAULTS, type FieldError, Invalid, type LineError, lineErrors } from '#kernel';
import { faultsOf } from '#platform';
import { NewJob } from './job-fields.dto.js';

export interface CsvRow {
  line: number;
  job: NewJob;
}

export interface CsvReading {
  rows: CsvRow[];
  errors: LineError[];
}

const MOST_CSV_ROWS = 10_000;
export const MOST_CSV_ERRORS = 100;

const text = (value: string) => value;
const number = (value: string) => (value.trim() === '' ? Number.NaN : Number(value));
const list = (value: string) =>
  value
    .split(/[;|]/)
    .map((item) => item.trim())
    .filter(Boolean);
/** `gas:2;electric` */
const skills = (value: string) =>
  list(value).map((item) => {
    const [skill = '', level] = item.split(':').map((part) => part.trim());
    return level === undefined ? { skill } : { skill, level: Number(level) };
  });

interface Column {
  field: keyof NewJob;
  read: (value: string) => unknown;
}

/** Column names as they may stand in the header, in any case and with any spaces, dashes or underscores. */
const COLUMNS: Record<string, Column> = {
  externalref: { field: 'externalRef', read: text },
  siteid: { field: 'siteId', read: text },
  lat: { field: 'lat', read: number },
  latitude: { field: 'lat', read: number },
  lon: { field: 'lon', read: number },
  longitude: { field: 'lon', read: number },
  address: { field: 'address', read: text },
  servicetypeid: { field: 'serviceTypeId', read: text },
  servicetype: { field: 'serviceTypeCode', read: text },
  servicetypecode: { field: 'serviceTypeCode', read: text },
  contactname: { field: 'contactName', read: text },
  contactphone: { field: 'contactPhone', read: text },
  windowstart: { field: 'windowStart', read: text },
  windowend: { field: 'windowEnd', read: text },
  dueat: { field: 'dueAt', read: text },
  durationseconds: { field: 'durationSeconds', read: number },
  durationminutes: { field: 'durationSeconds', read: (value) => number(value) * 60 },
  priority: { field: 'priority', read: number },
  skills: { field: 'skills', read: skills },
  equipment: { field: 'equipment', read: list },
  proofrequired: { field: 'proofRequired', read: list },
  blockedworkerids: { field: 'blockedWorkerIds', read: list },
  requiredworkerid: { field: 'requiredWorkerId', read: text },
  preferredworkerid: { field: 'preferredWorkerId', read: text },
  customerlanguage: { field: 'customerLanguage', read: text },
  notes: { field: 'notes', read: text },
  channel: { field: 'channel', read: text },
};

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/**
 * Reads jobs from CSV with a header line; comma, semicolon or tab. An empty cell means that nothing is said.
 * @throws Invalid for what is not CSV at all, or whose header cannot be used
 */
export function readCsvJobs(content: string): CsvReading {
  const records = split(content);
  const header = records[0];
  if (!header) throw fileError(1, '', 'EMPTY_FILE');
  const columns = readHeader(header.cells);
  const data = records.slice(1);
  if (data.length === 0) throw fileError(header.line, '', 'NO_ROWS');
  if (data.length > MOST_CSV_ROWS)
    throw fileError(0, '', 'TOO_MANY_ROWS', { actual: data.length, limit: MOST_CSV_ROWS });
  const reading: CsvReading = { rows: [], errors: [] };
  for (const { cells, line } of data) {
    const { job, columnOf } = readCells(cells, columns);
    reading.errors.push(...faultsOf(job).map((fault) => lineError(line, columnOf, fault)));
    reading.rows.push({ line, job });
  }
  return reading;
}

/** An error of a field, told as line and column of the file. */
export function atLine(line: number, field: string, message: string, header?: string): LineError {
  const column = header ?? field;
  return { line, column, field: `line ${line}, column ${column}`, message };
}

interface Record_ {
  cells: string[];
  line: number;
}

function split(content: string): Record_[] {
  const firstLine = content.slice(0, content.search(/\r|\n|$/));
  const delimiter = [',', ';', '\t'].sort(
    (a, b) => firstLine.split(b).length - firstLine.split(a).length,
  )[0]!;
  try {
    const parsed = parse(content, {
      bom: true,
      delimiter,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 100_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const width = parsed[0]?.record.length ?? 0;
    for (const { record, info } of parsed)
      if (record.length !== width)
        throw fileError(info.lines, '', 'WRONG_WIDTH', { actual: record.length, wanted: width });
    return parsed.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fileError(Number(error.lines ?? 1), '', 'NOT_CSV', { reason: error.message });
  }
}

function readHeader(names: string[]): (Column & { name: string })[] {
  const seen = new Set<string>();
  return names.map((name) => {
    const column = COLUMNS[plain(name)];
    if (!column) throw fileError(1, name, 'UNKNOWN_COLUMN', { known: Object.keys(COLUMNS).join(', ') });
    if (seen.has(column.field)) throw fileError(1, name, 'DOUBLE_COLUMN', { field: column.field });
    seen.add(column.field);
    return { ...column, name };
  });
}

function readCells(cells: string[], columns: (Column & { name: string })[]) {
  const said: Record<string, unknown> = {};
  const columnOf = new Map<string, string>();
  columns.forEach(({ field, read, name }, i) => {
    columnOf.set(field, name);
    const value = cells[i]!.trim();
    if (value !== '') said[field] = read(value);
  });
  return { job: plainToInstance(NewJob, said), columnOf };
}

/** What is wrong inside a cell (`skills[0].level`) is told of its column. */
function lineError(line: number, columnOf: Map<string, string>, fault: FieldError): LineError {
  const cell = fault.field.split(/[.[]/, 1)[0]!;
  return { ...fault, ...atLine(line, cell, fault.message, columnOf.get(cell)) };
}

const atFile = lineErrors(FILE_FAULTS);
const fileError = (...fault: Parameters<typeof atFile>): Invalid => new Invalid([atFile(...fault)]);
