import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON = new Set<string>(dictionary['passwords-common']);

const PLAIN: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
};

const plain = (text: string) => text.replace(/[@431!0$5]/g, (sign) => PLAIN[sign]!);

/** A word and what people add to it to be let through: `Summer2024!` is `summer`. */
const bare = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** The shortest of `text`'s repeated parts: `abcabc` is `abc` twice. */
const unit = (text: string) => /^(.+?)\1+$/su.exec(text)?.[1] ?? text;

/**
 * Whether a guesser tries `password` early: it stands in the list of the 49,000 commonest (`@zxcvbn-ts/language-common`, from
 * leaked collections), as it is or once digits at the ends, signs written for letters and repetition are undone.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.normalize('NFKC').toLowerCase();
  const readings = [lower, unit(lower), bare(lower), plain(lower), bare(plain(lower)), plain(bare(lower))];
  return readings.some((reading) => COMMON.has(reading) || COMMON.has(unit(reading)));
}
