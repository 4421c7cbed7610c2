import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { choice } from './chosen';

/** Choosing by keyboard: the selected row, or everything from the one chosen last to it. What leaves the list is let go. */
export function useChoosing(ids: readonly string[], selected: string | null): void {
  useEffect(() => {
    choice.keep(ids);
  }, [ids]);
  useEffect(() => choice.clear, []);
  useHotkeys([
    ['X', () => selected && choice.toggle(selected)],
    ['shift+X', () => selected && choice.through(selected)],
  ]);
}
