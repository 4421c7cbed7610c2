// The data folder belongs to whoever runs the product: database, customers' files, secrets and logs are nobody else's.
// Node built-ins only.
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What the product itself puts there; a folder that somebody shares with other things keeps theirs as they are. */
const ours =
  /^(files|logs|keys|checkpoints|replay|secrets\.json|launcher\.json|postgres(\.(users|lock|log|log\.1|password))?)$/;
const root = process.getuid?.() === 0;

/**
 * Makes the data folder, and closes what an earlier version left open to other accounts. For root the folder itself can
 * be passed through, because PostgreSQL, which refuses to be root, runs in it as somebody else.
 */
export function keepPrivate(folder) {
  process.umask(0o077);
  mkdirSync(folder, { recursive: true });
  // A sticky folder, such as /tmp, is for everybody.
  if (!(lstatSync(folder).mode & 0o1000)) restrict(folder, root ? 0o711 : 0o700);
  for (const name of readdirSync(folder)) if (ours.test(name)) restrict(join(folder, name));
}

/** What lies below a closed folder is out of reach, so only the top is changed. */
function restrict(path, folderMode = 0o700) {
  const { mode, uid } = lstatSync(path);
  const wanted = (mode & 0o170000) === 0o040000 ? folderMode : mode & 0o700;
  const mine = root || uid === process.getuid?.();
  if (process.platform !== 'win32' && mine && (mode & 0o7777) !== wanted && (mode & 0o170000) !== 0o120000)
    chmodSync(path, wanted);
}

/** Written, on the disk and under its name there, or not at all: a rename is safe once its folder is synced. */
export function writeDurably(path, text, owner) {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (owner && root) chownSync(draft, owner.uid, owner.gid);
  renameDurably(draft, path);
}

/** A rename that a power cut does not take back. */
export function renameDurably(from, to) {
  renameSync(from, to);
  if (process.platform === 'win32' || !existsSync(dirname(to))) return;
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
