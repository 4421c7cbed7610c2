import { parseCsv } from './csv';

export const COLUMNS = [
  'name',
  'phone',
  'externalRef',
  'vehicle',
  'languages',
  'equipment',
  'areas',
  'skills',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What is wrong with a cell; the page has the words. */
export type CellProblem = 'empty' | 'too_long' | 'not_a_phone' | 'unknown_area' | 'not_a_skill' | 'twice';

export interface ImportRow {
  line: number;
  cells: Partial<Record<Column, string>>;
  problems: Partial<Record<Column, CellProblem>>;
  /** Body of POST /workers; null when a cell is bad. */
  body: Record<string, unknown> | null;
}

export interface Import {
  columns: Column[];
  /** Headings that are no column of ours; their cells are left out. */
  unknown: string[];
  rows: ImportRow[];
}

const words = (text: string): string[] =>
  text
    .split(/[|;/]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** `gas:3` -> skill and level. */
function readSkill(word: string): { skill: string; level: number } | null {
  const match = /^([^:]{1,60})(?::([1-5]))?$/.exec(word);
  return match ? { skill: match[1]!.trim(), level: Number(match[2] ?? 1) } : null;
}

const LIMITS: Partial<Record<Column, number>> = { name: 120, phone: 40, externalRef: 80, vehicle: 60 };

/** Reads a CSV with a heading line. Nothing is guessed: a cell that is not understood is marked and its row left out. */
export function readImport(text: string, areaIds: ReadonlyMap<string, string>): Import {
  const [heading = [], ...lines] = parseCsv(text);
  const keys = heading.map((word) => {
    const plain = word.toLowerCase().replaceAll(/[\s_-]/g, '');
    return COLUMNS.find((column) => column.toLowerCase() === plain) ?? null;
  });
  const seen = new Set<string>();
  const rows = lines.map((values, index): ImportRow => {
    const cells: ImportRow['cells'] = {};
    for (const [i, key] of keys.entries()) if (key) cells[key] = (values[i] ?? '').trim();
    const problems: ImportRow['problems'] = {};
    for (const [column, most] of Object.entries(LIMITS) as [Column, number][])
      if ((cells[column]?.length ?? 0) > most) problems[column] = 'too_long';
    if (!cells.name) problems.name = 'empty';
    if (cells.phone && !/^[+\d][\d\s()./x-]{2,39}$/.test(cells.phone)) problems.phone = 'not_a_phone';
    if (cells.externalRef) {
      if (seen.has(cells.externalRef)) problems.externalRef = 'twice';
      seen.add(cells.externalRef);
    }
    const areas = words(cells.areas ?? '').map((name) => areaIds.get(name.toLowerCase()));
    if (areas.includes(undefined)) problems.areas = 'unknown_area';
    const skills = words(cells.skills ?? '').map(readSkill);
    if (skills.includes(null)) problems.skills = 'not_a_skill';
    const body = {
      name: cells.name,
      phone: cells.phone || null,
      externalRef: cells.externalRef || null,
      vehicle: cells.vehicle || null,
      languages: words(cells.languages ?? ''),
      equipment: words(cells.equipment ?? ''),
      homeAreaIds: areas,
      skills,
    };
    return { line: index + 2, cells, problems, body: Object.keys(problems).length === 0 ? body : null };
  });
  return {
    columns: COLUMNS.filter((column) => keys.includes(column)),
    unknown: heading.filter((word, i) => keys[i] === null && word.trim() !== ''),
    rows,
  };
}
