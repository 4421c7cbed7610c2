/** White space, and everything that is drawn as nothing. */
const INVISIBLE = [
  String.raw`\s`,
  String.raw`\p{Cf}`,
  String.raw`\p{Cc}`,
  String.raw`\p{Zl}`,
  String.raw`\p{Zp}`,
  // Combining grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian selectors, blank Braille.
  String.raw`\u034F\u115F\u1160\u3164\uFFA0\u17B4\u17B5\u180B-\u180F\u2800`,
  // Variation selectors.
  String.raw`\uFE00-\uFE0F\u{E0100}-\u{E01EF}`,
];
const NOTHING = new RegExp(`^[${INVISIBLE.join('')}]*$`, 'u');

/** Says nothing to whoever reads it. */
export const isBlank = (text: string): boolean => NOTHING.test(text);

/** The one form in which texts are kept: composed letters (NFC), so that equal texts are equal bytes. */
export const normalText = (text: string): string => text.normalize('NFC');

/** Letters that are one letter and not a letter with a mark, so that taking off the marks leaves them. */
const PLAIN: Record<string, string> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' };

/**
 * A text as it is searched for: small letters without their marks, so that `ecole` finds `École` and `ince` finds `İNCE`.
 * The database does the same (`search_text`).
 */
export const searchText = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replaceAll(/[ıłøđßæœ]/g, (letter) => PLAIN[letter]!)
    .normalize('NFC');
