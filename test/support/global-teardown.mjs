// Once after a run of Jest: stops whatever servers the tests started, and removes their folders.
import { removeRun } from '../../scripts/lib/test-run.mjs';

export default async function globalTeardown() {
  if (process.env.DOORSTEP_TEST_RUN) await removeRun(process.env.DOORSTEP_TEST_RUN);
}
