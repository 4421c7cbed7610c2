import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { jobSelection } from './job-selection';

/** Choosing by keyboard: the selected row, or everything from the one chosen last to it. What leaves the list is let go. */
export function useJobSelection(ids: readonly string[], selected: string | null): void {
  useEffect(() => {
    jobSelection.keep(ids);
  }, [ids]);
  useEffect(() => jobSelection.clear, []);
  useHotkeys([
    ['X', () => selected && jobSelection.toggle(selected)],
    ['shift+X', () => selected && jobSelection.through(selected)],
  ]);
}
