// Once before a run of Jest. Only a folder is agreed on here: the server in it starts when the first test asks for a
// database, so that a run of pure specs stays instant.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftOvers } from '../../scripts/lib/test-run.mjs';

export default async function globalSetup() {
  await removeLeftOvers();
  process.env.DOORSTEP_TEST_RUN = join(tmpdir(), `doorstep-run-${process.pid}`);
}
