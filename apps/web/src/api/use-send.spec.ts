import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(__dirname, '..');

describe('what a form sends', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.spec\.ts$|__generated__/.test(path))
    .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

  it('goes through the one hook that sends once', () => {
    const others = files.filter(({ text }) => /\buseMutation\b/.test(text)).map(({ path }) => path);
    expect(others).toEqual(['api/use-send.ts']);
  });

  it('carries the key of its form to the server', () => {
    // What changes something in a file with such a hook names the key it was given.
    const changes = /\bapi\.(?:post|put|patch|delete)\(([^;]*)/g;
    const routes = /(['`])[^'`]*\1/g;
    const sent = files
      .filter(({ text }) => /\buse(?:Send|Save|SetupForm)\(/.test(text) && !/\buseQuery\(/.test(text))
      .flatMap(({ path, text }) =>
        [...text.matchAll(changes)].map(([, given]) => ({ path, given: given!.replaceAll(routes, '') })),
      );
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter(({ given }) => !/\bkey\b/.test(given)).map(({ path }) => path)).toEqual([]);
  });

  it('takes that key for what it is', () => {
    const callbacks =
      /(?:\buse(?:Send|Save)\(\s*|\bsend: )(?:async )?\((\w*)[^;]*?\bapi\.(?:post|put|patch|delete)\(/g;
    const named = files.flatMap(({ text }) => [...text.matchAll(callbacks)].map(([, name]) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(new Set(named)).toEqual(new Set(['key']));
  });
});
