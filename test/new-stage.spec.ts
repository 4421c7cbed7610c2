import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot } from '#scripts/lib/paths';

const run = promisify(execFile);

/** The files of CONTRIBUTING.md's example: code blocks that begin with a path. */
function exampleFiles(): Map<string, string> {
  const text = readFileSync(inRoot('CONTRIBUTING.md'), 'utf8').split('## Add a stage')[1]!;
  const blocks = text.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g);
  return new Map([...blocks].map(([, path, code]) => [path!, code!]));
}

const COPIED = [
  ...['apps', 'libs', 'config', 'migrations', 'scripts'],
  ...['package.json', 'tsconfig.json', 'biome.json', '.dependency-cruiser.cjs', '.gitignore'],
];

describe('a new stage, as CONTRIBUTING.md describes it', () => {
  let copy: string;
  const inCopy = (...command: [string, ...string[]]) =>
    run(process.execPath, command, { cwd: copy, maxBuffer: 64 * 1024 * 1024 });
  const files = exampleFiles();

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'doorstep-new-stage-'));
    for (const name of COPIED) cpSync(inRoot(name), join(copy, name), { recursive: true });
    symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'));
    for (const [path, code] of files) {
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      writeFileSync(join(copy, path), code);
    }
    const stages = join(copy, 'apps/stages.ts');
    const line = readFileSync(stages, 'utf8')
      .replace("from '#job';\n", "from '#job';\nimport { keyringStage } from '#keyring';\n")
      .replace(/(dispatchStage),?\s*\]/, '$1, keyringStage]');
    writeFileSync(stages, line);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is written as everything else is', async () => {
    expect([...files.keys()].filter((path) => path.startsWith('libs/keyring/'))).toHaveLength(8);
    await inCopy('node_modules/@biomejs/biome/bin/biome', 'check', ...files.keys());
    const all = ['apps', 'libs', 'config', 'migrations'];
    const cruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
    await inCopy(cruise, '--config', '.dependency-cruiser.cjs', '--no-cache', ...all);
  });

  it('compiles, has its table, and answers for those who may', async () => {
    await inCopy('node_modules/tsc7/bin/tsc', '-p', '.');
    await inCopy('scripts/migration-drift.mjs');
    const { stdout } = await inCopy('dist/apps/cli/src/main.js', 'openapi');
    const document = JSON.parse(stdout);
    expect(document.paths['/api/v1/site-keys'].post['x-access']).toBe('create SiteKey');
    expect(stdout).toContain('"keyring:write"');
    const { effective } = document.components.schemas.OrganizationPolicyView.properties;
    expect(effective.properties.keyring.properties.maxKeysPerSite).toMatchObject({ default: 3, maximum: 20 });
  });
});
