/** A text as it is searched: one normal form, without case and accents, so that `İnce` and `ecole` are found. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i').normalize('NFC');

/** The digits of a telephone number, for finding it in whatever notation. */
export const digitsOf = (phone: string | null | undefined): string =>
  (phone ?? '').normalize('NFKC').replaceAll(/\D/g, '');

/** The words that a search is for. A telephone number in any notation is one word: its digits. */
export function wordsIn(text: string): string[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const isPhone = /^[+(\d][\d\s()./-]+$/.test(text.normalize('NFKC').trim()) && words.length > 1;
  return isPhone ? [digitsOf(text)] : words;
}
