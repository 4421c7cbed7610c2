import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision, withClient } from '#scripts/lib/database';
import { inRoot } from '#scripts/lib/paths';
import { removeCluster, startPostgres } from '#scripts/postgres';

/** `npm run doorstep -- …` on a data folder, as another process than the one that runs the database. */
const doorstep = (dataDir: string, ...argv: string[]) =>
  new Promise<{ code: number | null; text: string }>((resolve) => {
    const { DATABASE_URL: _, JEST_WORKER_ID: __, ...inherited } = process.env;
    const child = spawn(process.execPath, [inRoot('scripts/doorstep.mjs'), ...argv], {
      env: { ...inherited, DATA_DIR: dataDir },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    child.once('close', (code) => resolve({ code, text }));
  });

describe('a back-up', () => {
  it('is taken while somebody writes, and restores to what was committed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorstep-backup-'));
    const [from, to, kept] = ['from', 'to', 'kept'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(join(from, 'files'), { recursive: true });
    writeFileSync(join(from, 'files/photo'), 'a photo');
    const postgres = await startPostgres({ dataDir: join(from, 'postgres') });
    const { ownerUrl } = await provision(postgres.url);
    await withClient(ownerUrl, (client) =>
      client.query('CREATE TABLE visits AS SELECT generate_series(1, 1000) AS n'),
    );
    let writing = true;
    const writer = withClient(ownerUrl, async (client) => {
      while (writing) await client.query('INSERT INTO visits SELECT generate_series(1, 100)');
    });
    const taken = await doorstep(from, 'backup', kept);
    writing = false;
    await writer;
    expect(taken).toEqual({ code: 0, text: expect.stringContaining('backed up to') });
    expect(statSync(kept).mode & 0o066).toBe(0);
    expect((await doorstep(from, 'backup', kept)).text).toContain('is there already');
    expect((await doorstep(from, 'restore', kept)).text).toContain('already: move it away');
    await removeCluster(join(from, 'postgres'));

    expect((await doorstep(to, 'restore', kept)).code).toBe(0);
    const restored = await startPostgres({ dataDir: join(to, 'postgres') });
    const urls = await provision(restored.url);
    const { rows } = await withClient(urls.ownerUrl, (client) =>
      client.query<{ n: number }>('SELECT count(*)::int AS n FROM visits'),
    );
    expect(rows[0]!.n).toBeGreaterThanOrEqual(1_000);
    expect(rows[0]!.n % 100).toBe(0);
    expect(readFileSync(join(to, 'files/photo'), 'utf8')).toBe('a photo');
    await removeCluster(join(to, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
  });
});
