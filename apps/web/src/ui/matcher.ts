import { phoneDigits, searchText } from '#kernel';

/**
 * Finds what is typed as the server does: every word, whatever marks its letters have, or a telephone number, however it
 * is written.
 */
export function matcher(query: string): (text: string, phone?: string | null) => boolean {
  const words = searchText(query).split(/\s+/).filter(Boolean);
  const digits = phoneDigits(query);
  return (text, phone) => {
    if (digits && phone?.includes(digits)) return true;
    if (words.length === 0) return true;
    const hay = searchText(`${text} ${phone ?? ''}`);
    return words.every((word) => hay.includes(word));
  };
}
