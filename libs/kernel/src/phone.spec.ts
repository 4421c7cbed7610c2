import { countryOfZone, readPhone, showPhone } from './phone.js';
import { phoneDigits } from './phone-digits.js';

describe('a telephone number', () => {
  it('is read as people write it, and kept in one form', () => {
    const us = [
      '(716) 555-0123',
      '716.555.0123',
      '+1 716 555 0123',
      'tel:+1-716-555-0123',
      '\uFF08\uFF17\uFF11\uFF16\uFF09\uFF15\uFF15\uFF15\uFF0D\uFF10\uFF11\uFF12\uFF13',
      '\u202A+1 716 555 0123\u202C',
    ];
    for (const typed of us) expect([typed, readPhone(typed, 'US')]).toEqual([typed, '+17165550123']);
    for (const typed of ['(716) 555-0123 ext. 4', '716-555-0123 x4', '+17165550123;ext=4'])
      expect([typed, readPhone(typed, 'US')]).toEqual([typed, '+17165550123;ext=4']);
    expect(readPhone('138 0000 0001', 'CN')).toBe('+8613800000001');
    expect(readPhone('+44 (0)20 7946 0018', 'US')).toBe('+442079460018');
  });

  it('without a country code needs a country, and is nothing else', () => {
    expect(readPhone('(716) 555-0123', null)).toBeNull();
    for (const typed of ['', 'call me', '12', '+1', '+1 716 555 0123 or 0124', '9'.repeat(99)])
      expect([typed, readPhone(typed, 'US')]).toEqual([typed, null]);
  });

  it('is shown without its country code to people in the same country', () => {
    expect(showPhone('+17165550123;ext=4', 'US')).toBe('(716) 555-0123 ext. 4');
    expect(showPhone('+17165550123', 'CN')).toBe('+1 716 555 0123');
    expect(showPhone('not a number', 'US')).toBe('not a number');
  });

  it('is found by digits, whichever way they are typed', () => {
    for (const typed of [
      '(716) 555-0123',
      '716 555 0123',
      '+1 (716) 555-0123',
      '001 716 555 0123',
      '555-0123 ext 4',
    ])
      expect(['17165550123'.includes(phoneDigits(typed)!), typed]).toEqual([true, typed]);
    expect('442079460018'.includes(phoneDigits('020 7946 0018')!)).toBe(true);
    for (const typed of ['Main St 5', '5b', '12', 'A-100'])
      expect([typed, phoneDigits(typed)]).toEqual([typed, null]);
  });

  it('has the country of the clocks around it', () => {
    expect(
      ['America/New_York', 'Asia/Shanghai', 'Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'UTC'].map(
        countryOfZone,
      ),
    ).toEqual(['US', 'CN', 'IN', 'IN', 'UA', null]);
  });
});
