import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { FILE_FAULTS, Invalid, isBlank, lineErrors, normalText } from '#kernel';

export interface TableLimits {
  maxRows: number;
  maxColumns: number;
}

/** A table in few pieces, so that handing it from thread to thread costs next to nothing. */
export interface PackedTable {
  /** All cells of all rows, one after another, the header first. */
  text: string;
  /** Where each cell ends in `text`. */
  ends: Uint32Array;
  /** The line on which each row begins. */
  lines: Uint32Array;
  width: number;
}

const MAX_RECORD_CHARACTERS = 100_000;
const SNIFFED_BYTES = 16_384;
const NEWLINE = 10;
const RETURN = 13;

const fault = lineErrors(FILE_FAULTS);
const refuse = (...about: Parameters<typeof fault>): never => {
  throw new Invalid([fault(...about)]);
};

/**
 * Reads CSV with a header; comma, semicolon or tab, or what a first line `sep=;` says. Stops at the first row, column
 * or character past a limit. Rows that say nothing are skipped, and columns without a name at the right edge.
 *
 * @throws Invalid naming line and column
 */
export function readCsvTable(bytes: Buffer, limits: TableLimits): PackedTable {
  if (!isUtf8(bytes)) throw Invalid.field('file', 'is not UTF-8 text', undefined, { code: 'NOT_UTF8' });
  const { body, delimiter, firstLine } = withoutPreamble(bytes);
  const rows = new RowCollector(limits);
  const lineAt = lineCounter(body, firstLine);
  let recordEnd = 0;
  try {
    parse(body, {
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      cast: (cell, { column }) => {
        if (Number(column) >= limits.maxColumns)
          refuse(lineAt(recordEnd), '', 'TOO_MANY_COLUMNS', { limit: limits.maxColumns });
        return cell;
      },
      on_record: (record, context) => {
        rows.add(record, () => lineAt(recordEnd));
        recordEnd = context.bytes;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuse(lineAt(recordEnd), '', 'NOT_CSV', { reason: error.message });
  }
  return rows.packed(firstLine);
}

class RowCollector {
  private readonly texts: string[] = [];
  private readonly ends: number[] = [];
  private readonly lines: number[] = [];
  private width = 0;
  private length = 0;

  constructor(private readonly limits: TableLimits) {}

  add(cells: string[], line: () => number): void {
    const said = cells.findLastIndex((cell) => cell !== '' && !isBlank(cell)) + 1;
    if (said === 0) return;
    if (this.width === 0) this.width = said;
    else if (this.lines.length > this.limits.maxRows)
      refuse(0, '', 'TOO_MANY_ROWS', { limit: this.limits.maxRows });
    const at = line();
    if (said > this.width || cells.length < this.width)
      refuse(at, '', 'WRONG_WIDTH', {
        actual: Math.max(said, Math.min(cells.length, this.width)),
        wanted: this.width,
      });
    for (let i = 0; i < this.width; i++) {
      const text = normalText(cells[i]!);
      this.length += text.length;
      this.texts.push(text);
      this.ends.push(this.length);
    }
    this.lines.push(at);
  }

  packed(firstLine: number): PackedTable {
    if (this.lines.length === 0) refuse(1, '', 'EMPTY_FILE');
    if (this.lines.length === 1) refuse(this.lines[0] ?? firstLine, '', 'NO_ROWS');
    return {
      text: this.texts.join(''),
      ends: Uint32Array.from(this.ends),
      lines: Uint32Array.from(this.lines),
      width: this.width,
    };
  }
}

/** Takes off a byte order mark and a line `sep=;`, which Excel writes and reads. */
function withoutPreamble(bytes: Buffer): { body: Buffer; delimiter: string; firstLine: number } {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const start = body.subarray(0, SNIFFED_BYTES).toString('utf8');
  const told = /^"?sep=(.)"?(\r\n|\r|\n)/i.exec(start);
  if (told) return { body: body.subarray(Buffer.byteLength(told[0])), delimiter: told[1]!, firstLine: 2 };
  const header = /[^\r\n]+/.exec(start)?.[0] ?? '';
  const width = (delimiter: string) => header.split(delimiter).length;
  return { body, delimiter: [',', ';', '\t'].sort((a, b) => width(b) - width(a))[0]!, firstLine: 1 };
}

/** Tells on which line the record begins that follows `offset`; offsets must not decrease. */
function lineCounter(body: Buffer, firstLine: number): (offset: number) => number {
  let line = firstLine;
  let at = 0;
  return (offset) => {
    let to = offset;
    while (body[to] === NEWLINE || body[to] === RETURN) to++;
    for (; at < to; at++)
      if (body[at] === NEWLINE || (body[at] === RETURN && body[at + 1] !== NEWLINE)) line++;
    return line;
  };
}
