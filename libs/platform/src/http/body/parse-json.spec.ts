import { countValues, parseJson } from './parse-json.js';

const outcome = (text: string, maxValues = 100): unknown => {
  try {
    return parseJson(Buffer.from(text, 'latin1'), maxValues);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a JSON body', () => {
  it('is counted by its values, whatever its strings hold', () => {
    for (const [text, values] of [
      ['{}', 2],
      ['[1,2,3]', 4],
      ['{"a":[{},{}],"b":1}', 7],
      ['["a,b,[{", "c\\",d"]', 3],
      ['["\\\\",2]', 3],
      ['["never closed,,,,', 2],
    ] as const)
      expect([text, countValues(Buffer.from(text), 1_000).values]).toEqual([text, values]);
    expect(countValues(Buffer.from('['.repeat(1_000_000)), 10).values).toBe(11);
  });

  it('is an object or a list of so many values, in UTF-8', () => {
    expect(outcome('{"a":[1,"é"]}'.normalize('NFC'))).toBe('INVALID');
    expect(outcome('{"a":[1,2]}')).toEqual({ a: [1, 2] });
    expect(outcome('')).toEqual({});
    expect(outcome(`[${'1,'.repeat(99)}1]`)).toBe('TOO_MANY_VALUES');
    const names = Array.from({ length: 30_001 }, (_, n) => `"f${n}":1`).join();
    expect(outcome(`{${names}}`, 40_000)).toBe('TOO_MANY_FIELDS');
    for (const text of ['"x"', '7', 'null', '{"a":', '\0']) expect(outcome(text)).toBe('ENTITY_PARSE_FAILED');
    expect(outcome('{"a":"\\u0000"}')).toBe('INVALID');
  });
});
