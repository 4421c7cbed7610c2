import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '#kernel';

/** Makes a folder and all above it, so that a power cut does not take them back. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

/**
 * Writes all of it under its name, or nothing: the bytes are on the disk before the name is, and the name as well.
 * `partial`: what it is called until it is whole.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  partial = `${path}.${newId()}`,
): Promise<void> {
  await makeFolder(dirname(path));
  const handle = await open(partial, 'wx', 0o600);
  try {
    await writeFile(handle, content);
    await handle.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(partial, path);
  await syncFolder(dirname(path));
}

/** Adds a line at the end of a file that only grows. */
export async function appendDurably(path: string, line: string): Promise<void> {
  await makeFolder(dirname(path));
  const handle = await open(path, 'a', 0o600);
  try {
    await handle.appendFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
}

/** A new or renamed entry is only safe once its folder is on the disk; Windows keeps that itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
