// Who may log in to an embedded cluster: the holder of a password that was made for it, and nobody else.
// Node built-ins only.
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './private-files.mjs';
import { Stop } from './say.mjs';

/** Beside the cluster, not in it: a copy of the cluster alone lets nobody in. */
const passwordPath = (dataDir) => `${dataDir}.password`;

/** The superuser's password; the roles' own are derived from it (`provision`). */
export const readPassword = (dataDir) => readFileSync(passwordPath(dataDir), 'utf8').trim();

const rules = `# Written by Doorstep. Every connection needs a password; no other program on this machine gets in without it.
# TYPE  DATABASE  USER  ADDRESS         METHOD
local   all       all                   scram-sha-256
host    all       all   127.0.0.1/32    scram-sha-256
`;

/** Is this a cluster of a version that trusted every local account, or one whose password was lost? */
export function needsPassword(dataDir) {
  const hba = readFileSync(join(dataDir, 'pg_hba.conf'), 'utf8');
  return hba !== rules || !existsSync(passwordPath(dataDir));
}

/**
 * Gives the superuser a new password and asks everybody for one. The server must be stopped: the statement is given to a
 * single-user backend, which no other program can reach.
 * @param {(args: string[], input: string) => { status: number | null, stderr: string }} runPostgres
 */
export function setPassword(dataDir, runPostgres, passwordsAt = dataDir) {
  const password = randomBytes(32).toString('base64url');
  const statement = `ALTER ROLE postgres PASSWORD '${password}'\n`;
  const { status, stderr } = runPostgres(['--single', '-D', dataDir, 'postgres'], statement);
  if (status !== 0 || /ERROR|FATAL/.test(stderr))
    throw new Stop(`PostgreSQL does not take a password: ${stderr.trim().split('\n').at(-1)}`);
  const { uid, gid } = lstatSync(dataDir);
  // The password last: without it the next start begins anew.
  writeDurably(join(dataDir, 'pg_hba.conf'), rules, { uid, gid });
  writeDurably(passwordPath(passwordsAt), `${password}\n`);
}
