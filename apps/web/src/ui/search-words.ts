import { phoneDigits, searchText } from '#kernel';

/** The words that a search is for, as `searchText` writes them. A telephone number in any notation is one word. */
export function wordsIn(query: string): string[] {
  const digits = phoneDigits(query);
  return digits ? [digits] : searchText(query).split(/\s+/).filter(Boolean);
}

/** Finds what is typed as the server does: every word, whatever marks its letters have. */
export function matcher(query: string): (text: string, phone?: string | null) => boolean {
  const words = wordsIn(query);
  return (text, phone) => {
    if (words.length === 0) return true;
    const hay = searchText(`${text} ${phone ?? ''} ${phoneDigits(phone ?? '') ?? ''}`);
    return words.every((word) => hay.includes(word));
  };
}
