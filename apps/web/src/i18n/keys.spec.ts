import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const here = __dirname;
const source = join(here, '..');

type Words = { [key: string]: string | Words };

/** `a.b.c` of every word, plural endings taken off. */
function leaves(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${prefix}${key}`.replace(/_(zero|one|two|few|many|other)$/, '')]
      : leaves(value, `${prefix}${key}.`),
  );
}

const namespaces = readdirSync(join(here, 'en')).map((file) => file.replace('.json', ''));
const wordsOf = (language: string, ns: string): Words =>
  JSON.parse(readFileSync(join(here, language, `${ns}.json`), 'utf8')) as Words;
const keysOf = (language: string) =>
  new Set(namespaces.flatMap((ns) => leaves(wordsOf(language, ns)).map((key) => `${ns}:${key}`)));

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(name) && !name.endsWith('.spec.ts')) yield path;
  }
}

/**
 * What the pages ask for: `t('a.b')`, `t("ns:a.b")`, `i18nKey="a.b"` and `t(`a.${x}`)`, in the namespace of the file's own
 * `useTranslation('ns')`. A key that is passed around is written `word('ns:a.b')` where it is made.
 */
function asked(): { keys: Map<string, string>; patterns: Map<RegExp, string> } {
  const keys = new Map<string, string>();
  const patterns = new Map<RegExp, string>();
  for (const path of sources(source)) {
    const text = readFileSync(path, 'utf8');
    const home =
      (/useTranslation\(\s*\[?'(\w+)'/.exec(text) ?? /i18next\.t\(`(\w+):\$\{key\}/.exec(text))?.[1] ??
      'common';
    const full = (key: string) => (key.includes(':') ? key : `${home}:${key}`);
    for (const [, , key] of text.matchAll(/\b(?:t|word)\(\s*(['"])([^'"]+)\1/g)) keys.set(full(key!), path);
    for (const [, key] of text.matchAll(/i18nKey="([^"]+)"/g)) keys.set(full(key!), path);
    // Every literal of an expression inside t( … ? 'a' : 'b' … ).
    for (const [, inside] of text.matchAll(/\bt\(\s*[^'"`)(][^)]*?\?\s*([^)]*)\)/g))
      for (const [, key] of inside!.matchAll(/'([\w.:]+)'/g))
        if (key!.includes('.')) keys.set(full(key!), path);
    for (const [, template] of text.matchAll(/\b(?:t|word)\(\s*`([^`]+)`/g)) {
      const [literal] = full(template!).split('${');
      const pattern = full(template!)
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join('[\\w.-]+');
      if (literal !== `${home}:`) patterns.set(new RegExp(`^${pattern}$`), path);
    }
  }
  return { keys, patterns };
}

/** What no page can be answered with: it speaks to programs and to whoever runs the server. */
const FOR_MACHINES = new Set([
  'KEY_EXPIRED',
  'KEY_INVALID',
  'WEBHOOK_REFUSED',
  'NOT_OUR_PAGE',
  'UNSUPPORTED_ENCODING',
  // Stands in a plan that failed, with words of its own.
  'DAY_TOO_LARGE',
]);

describe('the words of the pages', () => {
  const english = keysOf('en');
  const { keys, patterns } = asked();

  it('has every English word in Chinese and the other way round', () => {
    expect([...keysOf('zh')].sort()).toEqual([...english].sort());
  });

  it('has a word for every key the pages ask for', () => {
    expect([...keys].filter(([key]) => !english.has(key))).toEqual([]);
    expect([...patterns].filter(([pattern]) => ![...english].some((key) => pattern.test(key)))).toEqual([]);
  });

  it.each([
    ['planning/day-proposal.ts', 'plan:assumes'],
    ['planning/validate-stops.ts', 'plan:skip'],
    ['policies/dry-runs/dry-run-assumptions.ts', 'setup:policies.runs.assumptions'],
  ])('has words for all that the server states in %s', (file, group) => {
    const text = readFileSync(join(source, '../../../libs/dispatch/src', file), 'utf8');
    const codes = [...text.matchAll(/\bcodedMessage\(\s*'(\w+)'/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(0);
    const words = [...english].filter((key) => key.startsWith(`${group}.`) && /[A-Z]$/.test(key));
    expect(words.sort()).toEqual([...new Set(codes)].map((code) => `${group}.${code}`).sort());
  });

  it('has words for every fault that the server answers with', () => {
    const thrown = [...sources(join(source, '../../../libs')), ...sources(join(source, '../../api/src'))]
      .filter((path) => !path.includes('/test/'))
      .flatMap((path) => [
        ...readFileSync(path, 'utf8').matchAll(/\bnew (?:Conflict|DomainError)\(\s*'([A-Z_0-9]+)'/g),
      ])
      .map(([, code]) => code!);
    expect(thrown.length).toBeGreaterThan(50);
    const without = new Set(thrown.filter((code) => !english.has(`common:fault.${code}`)));
    expect([...without].sort()).toEqual([...FOR_MACHINES].sort());
  });

  it('keeps no word that no page asks for', () => {
    const used = (key: string) => keys.has(key) || [...patterns.keys()].some((pattern) => pattern.test(key));
    expect([...english].filter((key) => !used(key))).toEqual([]);
  });

  it('leaves no word empty and keeps each {{value}} in both languages', () => {
    const values = (text: string) =>
      [...text.matchAll(/\{\{\s*(\w+)/g)]
        .map(([, name]) => name)
        .filter((n) => n !== 'count')
        .sort();
    const flat = (words: Words, prefix = ''): [string, string][] =>
      Object.entries(words).flatMap(([k, v]) =>
        typeof v === 'string' ? [[`${prefix}${k}`, v] as [string, string]] : flat(v, `${prefix}${k}.`),
      );
    for (const ns of namespaces) {
      const zh = new Map(flat(wordsOf('zh', ns)));
      for (const [key, text] of flat(wordsOf('en', ns))) {
        expect(text.trim()).not.toBe('');
        const other = zh.get(key);
        if (other !== undefined) expect([key, values(other)]).toEqual([key, values(text)]);
      }
    }
  });
});
