/** Where in the list somebody works: the selected row, and the rows it stood between when they chose it. */
export interface Place {
  id: string | null;
  before: string | null;
  after: string | null;
}

export const NO_PLACE: Place = { id: null, before: null, after: null };

/**
 * The place after the list has changed. A row that was assigned moves down or leaves the list: the place stays between the
 * neighbours it had, so that the next key goes on from there.
 */
export function saveScroll(place: Place, ids: readonly string[], selected: string | null): Place {
  const at = selected === null ? -1 : ids.indexOf(selected);
  const here = { id: selected, before: ids[at - 1] ?? null, after: ids[at + 1] ?? null };
  if (selected !== place.id) return at < 0 ? { ...NO_PLACE, id: selected } : here;
  const stayed = at >= 0 && (here.before === place.before || here.after === place.after);
  return stayed ? here : place;
}

/** The row to select by a key: the one below or above the place; null at the ends. */
export function rowFrom({ id, before, after }: Place, ids: readonly string[], by: 1 | -1): string | null {
  const neighbour = by > 0 ? after : before;
  if (neighbour && ids.includes(neighbour)) return neighbour;
  const at = id === null ? -1 : ids.indexOf(id);
  if (at >= 0) return ids[at + by] ?? null;
  return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
}
