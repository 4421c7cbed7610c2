import { checkPlain } from './plain-body.js';

const problem = (value: unknown): string => {
  try {
    checkPlain(value);
    return 'fine';
  } catch (error) {
    return JSON.stringify((error as { extra: unknown }).extra);
  }
};

describe('plain bodies', () => {
  it.each([undefined, null, 7, 'text', [], {}, { a: [{ b: 'é 𝔘' }], c: null }])('lets %j pass', (value) =>
    expect(problem(value)).toBe('fine'),
  );

  it.each([
    ['"field":"body"', 'a\0'],
    ['"field":"name"', { name: '\0' }],
    ['"field":"list[1].name"', { list: [{}, { name: '\ud800' }] }],
    ['"field":"place"', { place: { 'a\0b': 1 } }],
  ])('names the field: %s', (field, value) => expect(problem(value)).toContain(field));

  it('takes out what would reach into a prototype', () => {
    const body = JSON.parse('{"a":[{"__proto__":{"b":1},"constructor":1,"c":2}]}') as { a: object[] };
    checkPlain(body);
    expect(Object.keys(body.a[0]!)).toEqual(['c']);
  });

  it('refuses what is nested without end, however deep', () => {
    for (const depth of [33, 50_000]) {
      let value: unknown = 1;
      for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { value };
      expect(problem(value)).toContain('"limit":32');
    }
  });
});
