/** An amount in integer minor units (cents, fen) of one ISO 4217 currency. */
export interface Money {
  minor: number;
  currency: string;
}

export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor))
    throw new RangeError(`money must be an integer of minor units, got ${minor}`);
  return { minor, currency };
}

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${a.currency} and ${b.currency}`);
  return money(a.minor + b.minor, a.currency);
}

const digitsOf = new Map<string, number>();

/** How many decimals a currency has: EUR 2, JPY 0, KWD 3; 2 for what is no currency code (yet, while it is typed). */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = /^[A-Za-z]{3}$/.test(currency)
      ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits!
      : 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** The amount as people write it: 1250 minor units are EUR 12.5, JPY 1250 or KWD 1.25. */
export const majorOf = ({ minor, currency }: Money): number => minor / 10 ** minorDigits(currency);

/** The nearest amount the currency can hold. */
export const moneyOf = (major: number, currency: string): Money =>
  money(Math.round(major * 10 ** minorDigits(currency)), currency);
