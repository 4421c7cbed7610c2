import { useHotkeys } from '@mantine/hooks';

/**
 * Escape for what lies behind dialogs: one that is open has the key to itself. Asked of where the key was pressed, because
 * the dialog may be gone by the time this hears of it.
 */
export function useEscape(run: () => void): void {
  useHotkeys([
    [
      'Escape',
      ({ target }) => {
        if (!(target instanceof Element && target.closest('[role=dialog]'))) run();
      },
    ],
  ]);
}
