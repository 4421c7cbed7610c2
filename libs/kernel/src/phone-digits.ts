// Apart from phone.ts, so that a page that only searches does not load what is known of every country's numbers.

/**
 * The digits by which a kept number is found, however it is typed: without what is dialled before it (`0`, `00`). Null
 * when the text is not a part of a telephone number.
 */
export function phoneDigits(text: string): string | null {
  const [number = ''] = bare(text).split(/;|ext|x|#/i, 1);
  if (!/^[+\d][\d\s()./-]*$|^\([\d\s()./-]*$/.test(number)) return null;
  const digits = number.replace(/\(0\)/, '').replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 3 ? digits : null;
}

/** Ordinary digits and signs, without what copying brought along. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
    .replace(/^tel:/i, '');
