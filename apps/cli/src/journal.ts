import { parseArgs } from 'node:util';
import { OrganizationService } from '#identity';
import { Journal } from '#platform';
import { withApp } from './context.js';
import { UsageError } from './usage-error.js';

/** `journal verify [--org SLUG]`: exit code 1 and the first fault of each broken log. */
export async function verifyJournal(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { org: { type: 'string' } } });
  await withApp(async (app) => {
    const all = await app.get(OrganizationService).all();
    const chosen = all.filter(({ slug }) => !values.org || slug === values.org);
    if (chosen.length === 0) throw new UsageError(`no organisation ${values.org}`);
    for (const { id, slug } of chosen) {
      const { facts, pending, fault } = await app.get(Journal).verify(id);
      if (fault) process.exitCode = 1;
      console.log(
        fault
          ? `${slug}: BROKEN at fact ${fault.seq}${fault.factId ? ` (${fault.factId})` : ''}: ${fault.problem}`
          : `${slug}: ${facts} facts verified, ${pending} waiting for their place`,
      );
    }
  });
}
