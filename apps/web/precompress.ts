import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is text, or packs like it. Fonts and pictures are packed already. */
const WORTH_PACKING = new Set(['.js', '.css', '.html', '.json', '.svg', '.wasm', '.webmanifest']);
/** Below this a packed file saves no packet on the wire. */
const LEAST_BYTES = 1_024;
/** Brotli's last two steps save some five per cent and cost ten times the time. */
const BROTLI_QUALITY = 9;

/** Writes `name.br` and `name.gz` beside each file under `folder` that becomes smaller so; the files written. */
export async function precompress(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && WORTH_PACKING.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  const written = await Promise.all(paths.map(pack));
  return written.flat();
}

async function pack(path: string): Promise<string[]> {
  if ((await stat(path)).size < LEAST_BYTES) return [];
  const bytes = await readFile(path);
  const params = {
    [zlib.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [zlib.BROTLI_PARAM_LGWIN]: zlib.BROTLI_MAX_WINDOW_BITS,
  };
  const variants = [
    { name: `${path}.br`, packed: await promisify(brotliCompress)(bytes, { params }) },
    { name: `${path}.gz`, packed: await promisify(gzip)(bytes, { level: 9 }) },
  ].filter(({ packed }) => packed.length < bytes.length);
  await Promise.all(variants.map(({ name, packed }) => writeFile(name, packed)));
  return variants.map(({ name }) => name);
}

/** After everything is written, the service worker too. */
export function precompressed(): Plugin {
  let folder = '';
  return {
    name: 'doorstep:precompressed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler(error) {
        if (!error) await precompress(folder);
      },
    },
  };
}
