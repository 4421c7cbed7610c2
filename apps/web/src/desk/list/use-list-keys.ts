import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { useEscape } from '../../ui/use-escape';
import { NO_PLACE, rowFrom, saveScroll } from './place';

/** j and k, as everywhere: the next one, the one before; Escape lets go. Returns the same for the arrow keys. */
export function useListKeys(
  ids: readonly string[],
  selected: string | null,
  select: (id: string | null) => void,
): (by: 1 | -1) => void {
  const place = useRef(NO_PLACE);
  place.current = saveScroll(place.current, ids, selected);
  const move = (by: 1 | -1) => {
    const next = rowFrom(place.current, ids, by);
    if (next) select(next);
  };
  useHotkeys([
    ['J', () => move(1)],
    ['K', () => move(-1)],
  ]);
  useEscape(() => selected && select(null));
  return move;
}
