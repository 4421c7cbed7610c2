import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CSV_FAULTS } from '#libs/workforce/src/workers/csv-faults';

describe('the faults of a file of workers', () => {
  const wordsOf = (language: string): Record<string, string> =>
    JSON.parse(readFileSync(join(__dirname, `../../i18n/${language}/setup.json`), 'utf8')).fault;

  it.each(['en', 'zh'])('each have words in %s, with the values that the server gives', (language) => {
    const words = wordsOf(language);
    expect(Object.keys(words).sort()).toEqual(Object.keys(CSV_FAULTS).sort());
    for (const [code, sentence] of Object.entries(CSV_FAULTS)) {
      const given = new Set<string>();
      const values: Parameters<typeof sentence>[0] = {};
      sentence(new Proxy(values, { get: (_, name) => given.add(String(name)) }));
      const said = [...words[code]!.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
      expect([code, said.filter((name) => !given.has(name!))]).toEqual([code, []]);
    }
  });
});
