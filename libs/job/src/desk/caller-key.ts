/** The longest number there is, E.164. */
const MAX_DIGITS = 15;
/** Fewer digits are not somebody's number yet. */
const MIN_DIGITS = 4;
/** Country code and trunk prefix aside, so many digits tell one subscriber from every other. */
const TELLING_DIGITS = 9;
/** From here on a nought at the beginning is a trunk prefix, and not one of the last digits. */
const LOCAL_DIGITS = 7;

/** The digits of a telephone number without its extension, however it is written. */
function digitsOf(phone: string): string {
  const [main = ''] = phone
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*tel:/, '')
    .split(/x|;/);
  return main.replaceAll(/\D/g, '');
}

const backwards = (text: string) => [...text].reverse().join('');

/** Digits from the end, so that a number is found by its last digits, with the country code or without; null without any. */
export const callerKey = (phone: string | null | undefined): string | null =>
  backwards(digitsOf(phone ?? '').slice(-MAX_DIGITS)) || null;

/** How the keys of whoever has this number begin; null while too little of it is there. */
export function callerPrefix(typed: string): string | null {
  const digits = digitsOf(typed);
  if (digits.length < MIN_DIGITS) return null;
  return backwards(
    (digits.length < LOCAL_DIGITS ? digits : digits.replace(/^0+/, '')).slice(-TELLING_DIGITS),
  );
}
