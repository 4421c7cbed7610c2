/** What the server's sentence about an offer says, so that it can be said in the reader's language. */
export type WhyYou =
  | { kind: 'asked' }
  | { kind: 'ranked'; rank: number; able: number }
  /** A sentence that this page does not know. */
  | { kind: 'other'; text: string };

const RANKED = / is (?:(first)|number (\d+)) of (\d+) who can take it/u;

export function whyYou(sentence: string): WhyYou | null {
  if (sentence === '') return null;
  if (sentence === 'A dispatcher asks you.') return { kind: 'asked' };
  const [found, first, rank, able] = RANKED.exec(sentence) ?? [];
  if (found) return { kind: 'ranked', rank: first ? 1 : Number(rank), able: Number(able) };
  return { kind: 'other', text: sentence };
}
