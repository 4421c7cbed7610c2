// Writes the API's document and the typed client made from it; `--check` only says whether they are up to date.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot } from './lib/paths.mjs';

const run = promisify(execFile);
const check = process.argv.includes('--check');
const folder = inRoot('apps/web/src/api/__generated__');
const most = { maxBuffer: 64 * 1024 * 1024 };

const { stdout } = await run(process.execPath, [inRoot('dist/apps/cli/src/main.js'), 'openapi'], most);
const temporary = await mkdtemp(join(tmpdir(), 'doorstep-openapi-'));
try {
  await writeFile(join(temporary, 'openapi.json'), stdout);
  await run(
    process.execPath,
    [
      inRoot('node_modules/openapi-typescript/bin/cli.js'),
      join(temporary, 'openapi.json'),
      '-o',
      join(temporary, 'schema.d.ts'),
      // A field that has a default may be left out.
      '--default-non-nullable=false',
    ],
    most,
  );
  let stale = false;
  await mkdir(folder, { recursive: true });
  for (const name of ['openapi.json', 'schema.d.ts']) {
    const fresh = await readFile(join(temporary, name), 'utf8');
    const kept = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (fresh === kept) continue;
    stale = true;
    if (!check) await writeFile(join(folder, name), fresh);
    console.log(`${check ? 'out of date' : 'written'}: apps/web/src/api/__generated__/${name}`);
  }
  if (stale && check) {
    console.error('Run: node scripts/openapi.mjs');
    process.exitCode = 1;
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}
