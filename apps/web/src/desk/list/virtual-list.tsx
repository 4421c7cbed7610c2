import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './list-pane.module.css';

interface Props<T> {
  label: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  heightOf: (row: T) => number;
  /** Index of the selected row, -1 when it is not among them. */
  selected: number;
  /** Arrow keys: the row to select instead. */
  onMove: (by: 1 | -1) => void;
  children: (row: T, place: { top: number; height: number }) => ReactNode;
}

/** Two lines, and room for a thumb. */
export const ROW_PIXELS = 44;

/** How far each list was scrolled when one last saw it: another page and back, and it stands there again. */
const places = new Map<string, { top: number; key: string | null }>();

export const optionId = (key: string): string => `row-${key}`;

/** A list box of any length: only what is in sight is in the page. */
export function VirtualList<T>({ label, rows, keyOf, heightOf, selected, onMove, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(selected);
  latest.current = selected;
  const active = rows[selected];
  const key = active ? keyOf(active) : null;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(rows[index]!),
    getItemKey: (index) => keyOf(rows[index]!),
    overscan: 6,
    initialOffset: places.get(label)?.top ?? 0,
  });
  useEffect(() => {
    // Another row was chosen. A row that moves because it was assigned takes nobody along.
    const place = places.get(label);
    if (key === (place?.key ?? null)) return;
    places.set(label, { top: place?.top ?? 0, key });
    if (key) virtual.scrollToIndex(latest.current, { align: 'auto' });
  }, [key, label, virtual]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (by === null) return;
    event.preventDefault();
    onMove(by);
  };
  const items = virtual.getVirtualItems();
  const inSight = items.some(({ index }) => index === selected);
  return (
    <div
      ref={box}
      className={classes.scroll}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={key && inSight ? optionId(key) : undefined}
      onScroll={(event) => places.set(label, { key, top: event.currentTarget.scrollTop })}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : children(row, { top: item.start, height: item.size });
        })}
      </div>
    </div>
  );
}
