import { Injectable } from '@nestjs/common';
import { Threads, type ThreadTask } from '../threads/threads.js';
import type { PackedTable, TableLimits } from './csv-table.js';
import { gather, type ImportBody } from './gather.js';

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
const MAX_COLUMNS = 100;

export interface TableRow {
  /** Of the file, from 1: the first one of a row that goes over several. */
  line: number;
  cells: string[];
}

/** A table somebody sent. Rows are made when they are asked for. */
export class Table {
  constructor(private readonly packed: PackedTable) {}

  get header(): TableRow {
    return this.row(0);
  }

  get rowCount(): number {
    return this.packed.lines.length - 1;
  }

  /** Without the header. */
  *rows(): Generator<TableRow> {
    for (let at = 1; at <= this.rowCount; at++) yield this.row(at);
  }

  private row(at: number): TableRow {
    const { text, ends, lines, width } = this.packed;
    const from = at * width;
    return {
      line: lines[at]!,
      cells: Array.from({ length: width }, (_, i) => text.slice(ends[from + i - 1] ?? 0, ends[from + i])),
    };
  }
}

const READ_TABLE: ThreadTask<{ bytes: Uint8Array; limits: TableLimits }, PackedTable> = {
  file: new URL('./table.thread.js', import.meta.url).href,
  maxSeconds: 20,
  what: 'the file',
};

/** The one reader of CSV that people send: in a thread, and no further than its limits. */
@Injectable()
export class TableReader {
  constructor(private readonly threads: Threads) {}

  /** @throws Invalid naming line and column; DomainError FILE_TOO_LARGE, BUSY, TOOK_TOO_LONG */
  async read(body: ImportBody, { maxRows }: { maxRows: number }): Promise<Table> {
    const bytes = await gather(body, MAX_IMPORT_BYTES);
    const limits = { maxRows, maxColumns: MAX_COLUMNS };
    return new Table(await this.threads.run(READ_TABLE, { bytes, limits }, [bytes.buffer]));
  }
}
