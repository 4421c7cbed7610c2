import { useHotkeys } from '@mantine/hooks';

/** j and k, as everywhere: the next one, the one before; Escape lets go. */
export function useListKeys(
  ids: readonly string[],
  selected: string | null,
  select: (id: string | null) => void,
): void {
  const move = (by: number) => {
    if (ids.length === 0) return;
    const at = selected === null ? -1 : ids.indexOf(selected);
    const next = at === -1 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
    select(ids[next]!);
  };
  useHotkeys([
    ['J', () => move(1)],
    ['K', () => move(-1)],
    ['Escape', () => selected && select(null)],
  ]);
}
