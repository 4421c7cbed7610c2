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

export const optionId = (key: string): string => `row-${key}`;

/** A list box of any length: only what is in sight is in the page. */
export function VirtualList<T>({ label, rows, keyOf, heightOf, selected, onMove, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(rows[index]!),
    getItemKey: (index) => keyOf(rows[index]!),
    overscan: 6,
  });
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' });
  }, [selected, virtual]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (by === null) return;
    event.preventDefault();
    onMove(by);
  };
  const active = rows[selected];
  return (
    <div
      ref={box}
      className={classes.scroll}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={active ? optionId(keyOf(active)) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : children(row, { top: item.start, height: item.size });
        })}
      </div>
    </div>
  );
}
