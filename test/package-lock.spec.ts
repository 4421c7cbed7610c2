import { readFileSync } from 'node:fs';
import { inRoot } from '#scripts/lib/paths';

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')) as Lock;

/** Where a package at `path` finds `name`: in its own folder or in one further out. */
function isFound(path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

it('the lock names the packages of every platform, not only of the one it was written on', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isFound(path, name))
      .map((name) => `${path || 'package.json'}: ${name}`),
  );
  expect(missing).toEqual([]);
});
