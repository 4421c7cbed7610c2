import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import type { Tx } from '#platform';
import { Jobs } from '../jobs.service.js';
import { atLine, MOST_CSV_ERRORS, readCsvJobs } from './csv-jobs.js';
import type { ImportReport } from './intake.dto.js';
import { JobIntake } from './job-intake.service.js';

/** Jobs from a file: everything that is wrong is named by line and column, and then nothing is imported. */
@Injectable()
export class JobImport {
  constructor(
    private readonly intake: JobIntake,
    private readonly jobs: Jobs,
  ) {}

  /** @throws Invalid with `line` and `column` beside each error */
  async run(tx: Tx, content: string, options: { dryRun: boolean }): Promise<ImportReport> {
    const { rows, errors } = readCsvJobs(content);
    if (errors.length > 0) throw new Invalid(errors.slice(0, MOST_CSV_ERRORS));
    const asked = rows.map((row) => row.job);
    const drafted = await this.intake.draft(tx, asked);
    const wrong = [...drafted.errors, ...(await this.intake.takenRefs(tx, asked))];
    if (wrong.length > 0)
      throw new Invalid(
        wrong
          .map(({ index, field, message, ...rule }) => ({
            ...rule,
            ...atLine(rows[index]!.line, field, message),
          }))
          .sort((a, b) => a.line - b.line)
          .slice(0, MOST_CSV_ERRORS),
      );
    if (!options.dryRun) await this.jobs.createMany(tx, drafted.drafts);
    return {
      dryRun: options.dryRun,
      rows: rows.length,
      created: options.dryRun ? 0 : drafted.drafts.length,
      outsideAreas: drafted.drafts.filter((draft) => !draft.areaId).length,
    };
  }
}
