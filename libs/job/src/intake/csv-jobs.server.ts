import { FILE_FAULTS, type FieldError, Invalid, isBlank, type LineError, lineErrors } from '#kernel';
import { faultsOf, inSlices, instanceOf, type Table, type TableRow } from '#platform';
import { NewJob } from './job-fields.dto.js';

export interface CsvRow {
  line: number;
  cells: string[];
  job: NewJob;
}

export interface CsvJobs {
  columns: string[];
  rows: CsvRow[];
  errors: LineError[];
  /** The column of a field. */
  columnOf: Map<string, string>;
}

export const MAX_JOB_ROWS = 10_000;
/** Past every limit of a list in a job: what goes on is refused for its length, not read to its end. */
const MAX_ITEMS = 101;

const text = (value: string) => value;
const number = (value: string) => (value.trim() === '' ? Number.NaN : Number(value));
const list = (value: string) =>
  value
    .split(/[;|]/, MAX_ITEMS)
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
  external_ref: { field: 'externalRef', read: text },
  site_id: { field: 'siteId', read: text },
  lat: { field: 'lat', read: number },
  latitude: { field: 'lat', read: number },
  lon: { field: 'lon', read: number },
  longitude: { field: 'lon', read: number },
  address: { field: 'address', read: text },
  service_type_id: { field: 'serviceTypeId', read: text },
  service_type: { field: 'serviceTypeCode', read: text },
  service_type_code: { field: 'serviceTypeCode', read: text },
  contact_name: { field: 'contactName', read: text },
  contact_phone: { field: 'contactPhone', read: text },
  window_start: { field: 'windowStart', read: text },
  window_end: { field: 'windowEnd', read: text },
  due_at: { field: 'dueAt', read: text },
  duration_seconds: { field: 'durationSeconds', read: number },
  duration_minutes: { field: 'durationSeconds', read: (value) => number(value) * 60 },
  priority: { field: 'priority', read: number },
  skills: { field: 'skills', read: skills },
  equipment: { field: 'equipment', read: list },
  proof_required: { field: 'proofRequired', read: list },
  blocked_worker_ids: { field: 'blockedWorkerIds', read: list },
  required_worker_id: { field: 'requiredWorkerId', read: text },
  preferred_worker_id: { field: 'preferredWorkerId', read: text },
  customer_language: { field: 'customerLanguage', read: text },
  notes: { field: 'notes', read: text },
  channel: { field: 'channel', read: text },
};

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');
const BY_NAME = new Map(Object.entries(COLUMNS).map(([name, column]) => [plain(name), column]));

/**
 * Reads jobs from a table. An empty cell means that nothing is said.
 * @throws Invalid for a header that cannot be used
 */
export async function readCsvJobs(table: Table): Promise<CsvJobs> {
  const { header } = table;
  const columns = readHeader(header);
  const columnOf = new Map<string, string>(columns.map(({ field, name }) => [field, name]));
  const reading: CsvJobs = { columns: header.cells, rows: [], errors: [], columnOf };
  await inSlices(table.rows(), ({ line, cells }) => {
    const job = readCells(cells, columns);
    reading.errors.push(...faultsOf(job).map((fault) => lineError(line, columnOf, fault)));
    reading.rows.push({ line, cells, job });
  });
  return reading;
}

/** An error of a field, told as line and column of the file. */
export function atLine(line: number, field: string, message: string, header?: string): LineError {
  const column = header ?? field;
  return { line, column, field: `line ${line}, column ${column}`, message };
}

function readHeader({ line, cells }: TableRow): (Column & { name: string })[] {
  const seen = new Set<string>();
  return cells.map((name) => {
    const column = BY_NAME.get(plain(name));
    if (!column) throw fileError(line, name, 'UNKNOWN_COLUMN', { known: Object.keys(COLUMNS).join(', ') });
    if (seen.has(column.field)) throw fileError(line, name, 'DOUBLE_COLUMN', { field: column.field });
    seen.add(column.field);
    return { ...column, name };
  });
}

function readCells(cells: string[], columns: (Column & { name: string })[]): NewJob {
  const said: Record<string, unknown> = {};
  columns.forEach(({ field, read }, i) => {
    if (!isBlank(cells[i]!)) said[field] = read(cells[i]!.trim());
  });
  return instanceOf(NewJob, said);
}

/** What is wrong inside a cell (`skills[0].level`) is told of its column. */
function lineError(line: number, columnOf: Map<string, string>, fault: FieldError): LineError {
  const cell = fault.field.split(/[.[]/, 1)[0]!;
  return { ...fault, ...atLine(line, cell, fault.message, columnOf.get(cell)) };
}

const atFile = lineErrors(FILE_FAULTS);
const fileError = (...fault: Parameters<typeof atFile>): Invalid => new Invalid([atFile(...fault)]);
