import { checkJsonSize, type JsonLimits } from './json-size.js';

const outcome = (text: string, limits: Partial<JsonLimits>): string => {
  try {
    checkJsonSize(Buffer.from(text), { values: 1e9, fields: 1e9, fieldsOfOne: 1e9, levels: 1e9, ...limits });
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the size of a JSON text', () => {
  it.each([
    ['{}', 2],
    ['[1,2,3]', 4],
    ['{"a":[{},{}],"b":1}', 7],
    ['["a,b,[{", "c\\",d"]', 3],
    ['["\\\\",2]', 3],
    ['["never closed,,,,', 2],
  ])('counts the values of %s, whatever its strings hold', (text, values) => {
    expect(outcome(text, { values })).toBe('fine');
    expect(outcome(text, { values: values - 1 })).toBe('TOO_MANY_VALUES');
  });

  it('counts names, and levels', () => {
    expect(outcome('{"a:b":1,"c":[{"d":"e:f"}]}', { fields: 3, levels: 3 })).toBe('fine');
    expect(outcome('{"a:b":1,"c":[{"d":"e:f"}]}', { fields: 2 })).toBe('TOO_MANY_FIELDS');
    expect(outcome('[{"a":1,"b":{"c":1}},{"a":1}]', { fieldsOfOne: 2 })).toBe('fine');
    expect(outcome('[{"a":1,"b":{"c":1},"d":1},{"a":1}]', { fieldsOfOne: 2 })).toBe('TOO_MANY_FIELDS');
    expect(outcome('{"c":[{"d":"e:f"}]}', { levels: 2 })).toBe('TOO_DEEP');
    expect(outcome('['.repeat(1_000_000), { levels: 32 })).toBe('TOO_DEEP');
    expect(outcome('[],'.repeat(1_000), { levels: 1 })).toBe('fine');
  });
});
