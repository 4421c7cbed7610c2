import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The operations CLI as a person calls it, where no database is needed. */
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

  it('answers a file that is not there in words, not with a stack', () => {
    const { status, stdout, stderr } = run('replay', 'no-such-file.csv');
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
  });
});
