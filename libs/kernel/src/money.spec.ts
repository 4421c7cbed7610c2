import fc from 'fast-check';
import { majorOf, minorDigits, money, moneyOf } from './money.js';

describe('money', () => {
  it('has as many decimals as its currency', () => {
    expect(['JPY', 'EUR', 'CNY', 'KWD'].map(minorDigits)).toEqual([0, 2, 2, 3]);
    expect(['JPY', 'EUR', 'KWD'].map((currency) => majorOf(money(1_250, currency)))).toEqual([
      1_250, 12.5, 1.25,
    ]);
    expect(moneyOf(1_250, 'JPY')).toEqual(money(1_250, 'JPY'));
    expect(moneyOf(12.5, 'EUR')).toEqual(money(1_250, 'EUR'));
    expect(moneyOf(1.005, 'KWD')).toEqual(money(1_005, 'KWD'));
  });

  it('takes the nearest amount that the currency can hold', () => {
    expect(moneyOf(12.6, 'JPY').minor).toBe(13);
    expect(moneyOf(0.286, 'EUR').minor).toBe(29);
    expect(moneyOf(1.2345, 'KWD').minor).toBe(1_235);
  });

  it('can be asked about a code that is still being typed', () => {
    expect(['', 'J', 'JP', 'jpy', 'JPYE'].map(minorDigits)).toEqual([2, 2, 2, 0, 2]);
  });

  it('is the same after it was written out and read again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom('JPY', 'EUR', 'KWD'),
        (minor, currency) => {
          expect(moneyOf(majorOf({ minor, currency }), currency).minor).toBe(minor);
        },
      ),
    );
  });
});
