import { Invalid, isBlank, isTimeZone, type LineError, MAX_PHONE_LENGTH } from '#kernel';
import { BadCell, csvError } from './csv-faults.js';

/** What a line says about a worker; what it leaves out is not said. */
export interface CsvWorker {
  name: string;
  phone?: string;
  externalRef?: string;
  skills?: { skill: string; level: number }[];
  languages?: string[];
  equipment?: string[];
  vehicle?: string;
  homeAreas?: string[];
  weekdays?: number[];
  startMinute?: number;
  endMinute?: number;
  timeZone?: string;
}

export interface CsvRow {
  line: number;
  /** By the column's name in the file. */
  cells: Record<string, string>;
  worker: CsvWorker;
}

export const MAX_WORKER_ROWS = 5_000;
/** Of one cell; a list that goes on is refused, not read to its end. */
const MAX_ITEMS = 200;

interface Column {
  field: keyof CsvWorker;
  /** @throws BadCell */
  read: (text: string) => unknown;
}

const text = (most: number) => (value: string) => {
  if (value.length > most) throw new BadCell('TOO_LONG', { actual: value.length, limit: most });
  if (value.includes('\u0000')) throw new BadCell('NUL_CHARACTER');
  return value;
};

const items = (most: number) => (value: string) => {
  const parts = value.split(/[;|]/, MAX_ITEMS + 1);
  if (parts.length > MAX_ITEMS) throw new BadCell('TOO_MANY_ITEMS', { limit: MAX_ITEMS });
  return [...new Set(parts.map((item) => text(most)(item.trim())))].filter(Boolean);
};

function skills(value: string): { skill: string; level: number }[] {
  const held = items(70)(value).map((item) => {
    const [skill = '', level = '1'] = item.split(':').map((part) => part.trim());
    if (!skill || skill.length > 60) throw new BadCell('NOT_A_SKILL', { value: item });
    if (!/^[1-5]$/.test(level)) throw new BadCell('NOT_A_LEVEL', { skill, value: level });
    return { skill, level: Number(level) };
  });
  const twice = held.find(({ skill }, i) => held.findIndex((other) => other.skill === skill) !== i);
  if (twice) throw new BadCell('DOUBLE_SKILL', { skill: twice.skill });
  return held;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `1-5`, `mon-fri`, `1;3;5` */
function weekdays(value: string): number[] {
  const day = (word: string) => {
    const n = /^[1-7]$/.test(word) ? Number(word) : DAYS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
    if (n === 0) throw new BadCell('NOT_A_WEEKDAY', { value: word });
    return n;
  };
  return items(20)(value).flatMap((part) => {
    const [from, to] = part.split('-').map((word) => day(word.trim()));
    const days = [from!];
    for (let n = from!; to !== undefined && n !== to; days.push(n)) n = (n % 7) + 1;
    return days;
  });
}

function minutes(value: string): number {
  const [, hours, mins] = /^(\d{1,2}):(\d{2})$/.exec(value) ?? [];
  const total = Number(hours) * 60 + Number(mins);
  if (!(total >= 0 && total <= 1_439 && Number(mins) < 60)) throw new BadCell('NOT_A_TIME');
  return total;
}

function zone(value: string): string {
  if (!isTimeZone(value)) throw new BadCell('UNKNOWN_ZONE', { value: value.slice(0, 60) });
  return value;
}

const COLUMNS: Record<string, Column> = {
  name: { field: 'name', read: text(120) },
  phone: { field: 'phone', read: text(MAX_PHONE_LENGTH) },
  externalref: { field: 'externalRef', read: text(80) },
  skills: { field: 'skills', read: skills },
  languages: { field: 'languages', read: items(20) },
  equipment: { field: 'equipment', read: items(60) },
  vehicle: { field: 'vehicle', read: text(60) },
  homeareas: { field: 'homeAreas', read: items(120) },
  areas: { field: 'homeAreas', read: items(120) },
  weekdays: { field: 'weekdays', read: weekdays },
  start: { field: 'startMinute', read: minutes },
  end: { field: 'endMinute', read: minutes },
  timezone: { field: 'timeZone', read: zone },
};

export interface CsvColumn extends Column {
  name: string;
}

/** @throws Invalid when it is no header of a table of workers */
export function readWorkerColumns(names: string[], line: number): CsvColumn[] {
  const columns = names.map((name) => ({ name, ...knownColumn(name, line) }));
  const double = columns.find(({ field }, i) => columns.findIndex((other) => other.field === field) !== i);
  if (double) throw new Invalid([csvError(line, double.name, 'DOUBLE_COLUMN', { field: double.field })]);
  if (!columns.some(({ field }) => field === 'name'))
    throw new Invalid([csvError(line, 'name', 'MISSING_COLUMN')]);
  return columns;
}

/** One line below the header; everything wrong in its cells is gathered. */
export function readWorkerRow(
  columns: CsvColumn[],
  { line, cells }: { line: number; cells: string[] },
): { row: CsvRow; errors: LineError[] } {
  const errors: LineError[] = [];
  const said: Record<string, unknown> = {};
  columns.forEach(({ name, field, read }, i) => {
    const value = cells[i]!;
    try {
      if (!isBlank(value)) said[field] = read(value.trim());
      else if (field === 'name') throw new BadCell('EMPTY_NAME');
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      errors.push(csvError(line, name, error.code, error.values));
    }
  });
  const worker = said as unknown as CsvWorker;
  const given = Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]!]));
  if (errors.length === 0) errors.push(...hoursErrors(line, worker, columns));
  return { row: { line, cells: given, worker }, errors };
}

function knownColumn(name: string, line: number): Column {
  const column = COLUMNS[name.toLowerCase().replaceAll(/[\s_-]/g, '')];
  if (column) return column;
  const known =
    'name, phone, external_ref, skills, languages, equipment, vehicle, home_areas, weekdays, start, end, time_zone';
  throw new Invalid([csvError(line, name, 'UNKNOWN_COLUMN', { known })]);
}

/** Hours are said by weekdays, start and end together, or not at all. */
function hoursErrors(
  line: number,
  { weekdays: days, startMinute, endMinute }: CsvWorker,
  columns: { name: string; field: keyof CsvWorker }[],
): LineError[] {
  const said = [days, startMinute, endMinute].filter((part) => part !== undefined).length;
  if (said === 0 || said === 3) return [];
  const missing = days === undefined ? 'weekdays' : startMinute === undefined ? 'startMinute' : 'endMinute';
  const name = columns.find(({ field }) => field === missing)?.name ?? missing.replace('Minute', '');
  return [csvError(line, name, 'PARTIAL_HOURS')];
}
