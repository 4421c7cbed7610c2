import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OrganizationService } from '#identity';
import { type CheckedReport, type Checkpoint, Checkpoints, parseCheckpoints } from '#platform';
import { withApp } from './context.js';
import { UsageError } from './usage-error.js';

const USAGE =
  'doorstep journal verify [--org SLUG] [--against CHECKPOINTS [--key PUBLIC.pem]] | checkpoint [--org SLUG]';
const text = { type: 'string' } as const;

/**
 * `journal verify`: recomputes each log and compares it with this installation's own checkpoints, or with `--against` a
 * file that somebody else kept. Exit code 1 and the first fault of each broken log.
 */
export async function verifyJournal(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { org: text, against: text, key: text } });
  const { against, key, org } = values;
  if (key !== undefined && against === undefined) throw new UsageError(USAGE);
  const kept = against === undefined ? null : parseCheckpoints(readText(against));
  if (kept?.length === 0) throw new UsageError(`${against}: there is no checkpoint in it`);
  const publicKey = key === undefined ? undefined : readText(key);
  await withApp(async (app) => {
    const all = await app.get(OrganizationService).all();
    const unknown = kept?.find(({ orgId }) => !all.some(({ id }) => id === orgId));
    if (unknown) {
      process.exitCode = 1;
      console.log(`BROKEN: the organisation ${unknown.orgId} of the checkpoint of ${unknown.at} is not here`);
    }
    const chosen = all.filter(({ slug }) => !org || slug === org);
    if (chosen.length === 0) throw new UsageError(`no organisation ${org}`);
    for (const { id, slug } of chosen) {
      const ofOrg = kept?.filter(({ orgId }) => orgId === id);
      if (ofOrg?.length === 0) continue;
      const report = await verdict(app.get(Checkpoints), id, ofOrg, publicKey);
      if (report.fault) process.exitCode = 1;
      console.log(`${slug}: ${lineOf(report)}`);
    }
  });
}

const verdict = (checkpoints: Checkpoints, id: string, kept?: Checkpoint[], publicKey?: string) =>
  kept ? checkpoints.verifyAgainst(id, kept, publicKey) : checkpoints.verify(id);

const lineOf = ({ facts, pending, checkpoints, fault }: CheckedReport): string =>
  fault
    ? `BROKEN at fact ${fault.seq}${fault.factId ? ` (${fault.factId})` : ''}: ${fault.problem}`
    : `${facts} facts verified, ${pending} waiting for their place, ` +
      (checkpoints > 0 ? `${checkpoints} checkpoints agree` : 'no checkpoint to compare with');

/** `journal checkpoint`: verifies, signs, and prints one checkpoint a line, to be kept by somebody else. */
export async function takeCheckpoint(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { org: text } });
  await withApp(async (app) => {
    const chosen = (await app.get(OrganizationService).all()).filter(
      ({ slug }) => !values.org || slug === values.org,
    );
    if (chosen.length === 0) throw new UsageError(`no organisation ${values.org}`);
    for (const { id, slug } of chosen) {
      const { checkpoint, report } = await app.get(Checkpoints).take(id);
      if (checkpoint) console.log(JSON.stringify(checkpoint));
      else if (report.fault) {
        process.exitCode = 1;
        console.error(`${slug}: ${lineOf(report)}`);
      }
    }
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}
