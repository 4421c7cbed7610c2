// Do the migrations make the tables that the entities describe? Prints what is missing, or nothing.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from './lib/database.mjs';
import { onInterrupt } from './lib/interrupt.mjs';
import { inRoot } from './lib/paths.mjs';
import { runMain, Stop } from './lib/say.mjs';
import { removeOwnRun } from './lib/test-run.mjs';
import { migrateTo } from './migrate.mjs';
import { startPostgres } from './postgres.mjs';

/** A migration may be stricter than an entity can say: checks, exclusions, partial and expression indexes live in SQL alone. */
const onlyStricter = /^(ALTER TABLE \S+ DROP CONSTRAINT|DROP INDEX) /;

const folder = join(tmpdir(), `doorstep-run-${process.pid}`);

await runMain(async () => {
  onInterrupt(removeOwnRun);
  try {
    const { url } = await startPostgres({ dataDir: join(folder, 'drift'), durable: false });
    const { ownerUrl } = await provision(url);
    await migrateTo(ownerUrl);
    const statements = await missingStatements(ownerUrl);
    if (statements.length)
      throw new Stop(`the entities want what no migration does:\n${statements.join(';\n')};`);
  } finally {
    await removeOwnRun();
  }
});

/** What TypeORM would run to make the database look like the entities; it runs nothing. */
async function missingStatements(url) {
  const { DataSource } = await import('typeorm');
  const { entities } = await import(inRoot('dist/apps/stages.js'));
  const source = new DataSource({ type: 'postgres', url, entities, installExtensions: false });
  await source.initialize();
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query).filter((query) => !onlyStricter.test(query));
  } finally {
    await source.destroy();
  }
}
