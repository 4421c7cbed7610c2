import { callerKey, callerPrefix } from './caller-key.js';
import { jobNumberIn } from './job-number.js';

describe('a caller, found by number', () => {
  const finds = (typed: string, stored: string) => callerKey(stored)!.startsWith(callerPrefix(typed) ?? '?');

  it.each([
    ['(716) 555-0123', '+17165550123'],
    ['+1 716 555 0123', '716-555-0123'],
    ['716.555.0123 ext. 4', '+1 716 555 0123'],
    ['7165550123', '716-555-0123 x4'],
    ['7165550123', 'tel:+1-716-555-0123;ext=4'],
    ['７１６５５５０１２３', '+17165550123'],
    ['0171 2345678', '+49 171 2345678'],
    ['+49 171 2345678', '0171 2345678'],
    ['0123', '+17165550123'],
    ['138 0013 8000', '+86 13800138000'],
  ])('%s is %s', (typed, stored) => {
    expect(finds(typed, stored)).toBe(true);
  });

  it('is nobody else, and nobody by too few digits', () => {
    expect(finds('716 555 0124', '+17165550123')).toBe(false);
    expect(callerPrefix('555')).toBeNull();
    expect(callerPrefix('')).toBeNull();
    expect(callerKey(null)).toBeNull();
    expect(callerKey('x4')).toBeNull();
  });
});

describe('the number of a job in what somebody types', () => {
  it('is read with or without its sign, and is not every number', () => {
    expect(['1042', ' #1042 ', '＃１０４２', '# 7'].map(jobNumberIn)).toEqual([1042, 1042, 1042, 7]);
    expect(['', '#', '12 Julu Road', '0', '99999999999', '1.5', '-3'].map(jobNumberIn)).toEqual(
      Array(7).fill(null),
    );
  });
});
