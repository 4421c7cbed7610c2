import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from '#scripts/lib/paths';

interface Project {
  root: string;
  sourceRoot: string;
  entryFile: string;
}

describe('nest-cli.json', () => {
  const { projects, compilerOptions } = JSON.parse(readFileSync(inRoot('nest-cli.json'), 'utf8')) as {
    projects: Record<string, Project>;
    compilerOptions: { tsConfigPath: string };
  };

  it('names every application of the server, and builds it where `npm start` looks', () => {
    expect(Object.keys(projects).sort()).toEqual(['api', 'cli', 'simulator', 'worker']);
    for (const { root, sourceRoot, entryFile } of Object.values(projects)) {
      expect(sourceRoot).toBe(`${root}/src`);
      expect([entryFile, existsSync(inRoot(`${entryFile}.ts`))]).toEqual([`${sourceRoot}/main`, true]);
      expect(existsSync(inRoot('dist', `${entryFile}.js`))).toBe(true);
    }
    expect(existsSync(inRoot(compilerOptions.tsConfigPath))).toBe(true);
  });

  it('has its command, `npx nest`, among the packages', () => {
    const bin = createRequire(inRoot('package.json')).resolve('@nestjs/cli/bin/nest.js');
    expect(existsSync(bin)).toBe(true);
  });
});
