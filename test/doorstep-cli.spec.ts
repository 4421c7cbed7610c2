import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createTestDatabase } from './support/database.js';

const CLI = join(__dirname, '../dist/apps/cli/src/main.js');

/** The operations CLI as a person calls it. */
describe('npm run doorstep', () => {
  const run = (...argv: string[]) => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    return spawnSync(process.execPath, [join(__dirname, '../scripts/doorstep.mjs'), ...argv], {
      env,
      encoding: 'utf8',
    });
  };

  it('lists its commands', () => {
    const { status, stdout } = run('help');
    expect(stdout).toContain('journal');
    expect(stdout).toContain('replay');
    expect(status).toBe(0);
  });

  it.each([
    [['journal', 'verify', '--nope'], '--nope'],
    [['user', 'create', '--passwrd', 'x'], '--passwrd'],
    [['journal', 'verify', '--org', 'zzz'], 'no organisation zzz'],
  ])('answers %j with one line', async (argv, word) => {
    const database = await createTestDatabase();
    const { JEST_WORKER_ID: _, ...inherited } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
      env: {
        ...inherited,
        DATABASE_URL: database.appUrl,
        JWT_SECRET: 'j'.repeat(32),
        QR_SECRET: 'q'.repeat(32),
      },
      encoding: 'utf8',
    });
    await database.drop();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(word)]);
  });

  it('answers a file that is not there in words, not with a stack', () => {
    const { status, stdout, stderr } = run('replay', 'no-such-file.csv');
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
  });
});
