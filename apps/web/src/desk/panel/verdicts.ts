import i18next from 'i18next';

/** `OUT_OF_RADIUS 3412 > 3000 m` -> its code and its numbers. */
export function splitVerdict(text: string): { code: string; numbers: string } {
  const [code = '', ...rest] = text.split(' ');
  return { code, numbers: rest.join(' ') };
}

/** The verdict in the reader's language, with its numbers; a code that has no words yet stays as it is. */
export function verdictWords(text: string): string {
  const { code, numbers } = splitVerdict(text);
  const words = i18next.t(`desk:verdict.${code}`, { defaultValue: code.toLowerCase().replaceAll('_', ' ') });
  if (!numbers) return words;
  // `busy not in available`: only what they are is news.
  const status = /^(\w+) not in /.exec(numbers)?.[1];
  if (/[0-9a-f]{8}-/.test(numbers)) return words; // ids tell a reader nothing
  return `${words} (${status ? i18next.t(`common:status.${status}`, { defaultValue: status }) : numbers})`;
}
