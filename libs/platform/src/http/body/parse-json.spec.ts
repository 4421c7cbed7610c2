import { parseJson } from './parse-json.js';

const outcome = (text: string, maxValues = 100): unknown => {
  try {
    return parseJson(Buffer.from(text, 'latin1'), maxValues);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a JSON body', () => {
  it('is an object or a list of so many values, in UTF-8', () => {
    expect(outcome('{"a":[1,"é"]}'.normalize('NFC'))).toBe('INVALID');
    expect(outcome('{"a":[1,2]}')).toEqual({ a: [1, 2] });
    expect(outcome('')).toEqual({});
    expect(outcome(`[${'1,'.repeat(99)}1]`)).toBe('TOO_MANY_VALUES');
    const names = (count: number) => `{${Array.from({ length: count }, (_, n) => `"f${n}":1`).join()}}`;
    expect(outcome(names(1_000), 40_000)).toMatchObject({ f999: 1 });
    expect(outcome(names(1_001), 40_000)).toBe('TOO_MANY_FIELDS');
    expect(outcome(`[${Array.from({ length: 31 }, () => names(1_000))}]`, 40_000)).toBe('TOO_MANY_FIELDS');
    for (const text of ['"x"', '7', 'null', '{"a":', '\0']) expect(outcome(text)).toBe('ENTITY_PARSE_FAILED');
    expect(outcome('{"a":"\\u0000"}')).toBe('INVALID');
  });
});
