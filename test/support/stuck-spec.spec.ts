import { spawnSync } from 'node:child_process';
import { inRoot } from '#scripts/lib/paths';

const watched = (work: string) =>
  spawnSync(
    process.execPath,
    ['-e', `const stop = require('./test/support/stuck-spec.cjs')('a.spec.ts', 300); ${work}`],
    { cwd: inRoot('.'), encoding: 'utf8' },
  );

describe('a spec that blocks its process', () => {
  it('is named and ended', () => {
    const { signal, stderr } = watched('while (true);');
    expect(signal).toBe('SIGKILL');
    expect(stderr).toContain('a.spec.ts has blocked its process for 0.3 s');
  });

  it('while one that ends is left alone', () => {
    const { status, stderr } = watched('stop().then(() => process.exit(3));');
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  });
});
