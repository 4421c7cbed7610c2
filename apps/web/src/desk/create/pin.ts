import { type GeoPoint, haversineMetres } from '#kernel';
import { parsePlace } from './parse-place';

/** The point that was chosen, and the words that it was chosen by. */
export interface Pin extends GeoPoint {
  siteId: string | null;
  /** The address that belongs to the point; null: it was set on the map, whatever the text says. */
  said: string | null;
  /** Words that somebody said belong to it all the same. */
  agreed?: string;
}

/** A door that the text may mean. */
export interface NamedPlace extends GeoPoint {
  address: string;
}

export type AddressMismatch =
  | { kind: 'other_words'; said: string }
  | { kind: 'far'; place: NamedPlace; metres: number };

/** A pin this near to its address is on it: a gate, a yard, the other side of the house. */
const NEAR_METRES = 300;

const folded = (text: string) => text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');

/** What was typed may add to the address (a flat, a floor), but not name another one. */
const goesOn = (text: string, said: string) => folded(text).startsWith(folded(said));

/**
 * How text and pin disagree: the text was changed after the pin was chosen by other words, or it names a known door that
 * is elsewhere. Null while they agree, or say nothing of each other.
 */
export function findAddressMismatch(
  text: string,
  pin: Pin | null,
  known: readonly NamedPlace[],
): AddressMismatch | null {
  if (!pin || text.trim() === '' || parsePlace(text)) return null;
  if (pin.agreed !== undefined && goesOn(text, pin.agreed)) return null;
  const place = known.find(({ address }) => folded(address) === folded(text));
  if (place) {
    const metres = haversineMetres(place, pin);
    return metres > NEAR_METRES ? { kind: 'far', place, metres } : null;
  }
  return pin.said !== null && !goesOn(text, pin.said) ? { kind: 'other_words', said: pin.said } : null;
}
