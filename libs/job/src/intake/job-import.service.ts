import { Injectable } from '@nestjs/common';
import { Invalid, type LineError } from '#kernel';
import { type ImportBody, shownRows, TableReader, type Tx } from '#platform';
import { JobsService } from '../lifecycle/jobs.service.js';
import { atLine, type CsvJobs, MAX_JOB_ROWS, readCsvJobs } from './csv-jobs.server.js';
import type { JobImportView } from './intake.dto.js';
import { JobIntakeService } from './job-intake.service.js';

const MAX_ERRORS = 100;

/** Jobs from a file: everything that is wrong is named by line and column, and then nothing is imported. */
@Injectable()
export class JobImportService {
  constructor(
    private readonly intake: JobIntakeService,
    private readonly jobs: JobsService,
    private readonly tables: TableReader,
  ) {}

  /** Reads the file, before a transaction is open. @throws Invalid naming line and column */
  async read(body: ImportBody): Promise<CsvJobs> {
    return readCsvJobs(await this.tables.read(body, { maxRows: MAX_JOB_ROWS }));
  }

  /**
   * A dry run writes nothing and answers with the errors beside their cells.
   * @throws Invalid with `line` and `column` beside each error, unless it is a dry run
   */
  async run(tx: Tx, file: CsvJobs, { dryRun }: { dryRun: boolean }): Promise<JobImportView> {
    const { rows, columns, columnOf } = file;
    const sound = withoutFaults(file);
    const asked = sound.map(({ job }) => job);
    const drafted = await this.intake.draft(tx, asked);
    const wrong = [...drafted.errors, ...(await this.intake.takenRefs(tx, asked))];
    const errors = [
      ...file.errors,
      ...wrong.map(({ index, field, message, ...rule }) => ({
        ...rule,
        ...atLine(sound[index]!.line, field, message, columnOf.get(field)),
      })),
    ].sort((a, b) => a.line - b.line);
    const report = {
      dryRun,
      rows: rows.length,
      created: 0,
      updated: 0,
      columns,
      outsideAreas: drafted.drafts.filter((draft) => !draft.areaId).length,
    };
    if (dryRun) return { ...report, errors: errors.slice(0, MAX_ERRORS), preview: previewOf(file, errors) };
    if (errors.length > 0) throw new Invalid(errors.slice(0, MAX_ERRORS));
    await this.jobs.createMany(tx, drafted.drafts);
    return { ...report, created: drafted.drafts.length, errors: [], preview: [] };
  }
}

/** What is wrong by itself need not be looked up as well. */
function withoutFaults({ rows, errors }: CsvJobs): CsvJobs['rows'] {
  const wrong = new Set(errors.map(({ line }) => line));
  return wrong.size === 0 ? rows : rows.filter(({ line }) => !wrong.has(line));
}

function previewOf({ rows, columns }: CsvJobs, errors: LineError[]): JobImportView['preview'] {
  const wrong = new Map(errors.map((error) => [`${error.line} ${error.column}`, error]));
  return shownRows(rows, new Set(errors.map(({ line }) => line))).map(({ line, cells }) => ({
    line,
    action: 'create' as const,
    cells: columns.map((name, i) => {
      const { message = null, code, values } = wrong.get(`${line} ${name}`) ?? {};
      return { value: cells[i]!, error: message, code, values };
    }),
  }));
}
