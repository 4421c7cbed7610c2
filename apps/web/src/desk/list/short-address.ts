/** Letters that are kept at the end, if no earlier word begins there. */
const TAIL_LETTERS = 12;

/**
 * An address in two parts: the first may be cut short, the second never. Building and flat stand at the end, and tell one
 * door from the next.
 */
export function splitAddress(address: string): { head: string; tail: string } {
  if (address.length <= TAIL_LETTERS * 2) return { head: address, tail: '' };
  const from = address.length - TAIL_LETTERS;
  const gap = address.slice(from).search(/[\s，]/);
  const at = gap < 0 ? from : from + gap;
  return { head: address.slice(0, at), tail: address.slice(at) };
}
