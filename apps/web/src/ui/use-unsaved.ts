import { useEffect, useRef } from 'react';
import { isDirty, type OpenForm, unsaved } from './unsaved';

/**
 * Nobody loses what they typed into `form` (plain data) by closing it, by a link, by the way back or with the tab,
 * without being asked; nothing is asked while it says what it said at first.
 *
 * @param stays it lies beside the pages, and another page does not close it
 */
export function useUnsaved(form: unknown, { stays = false } = {}) {
  const now = JSON.stringify(form);
  const { current: mine } = useRef<OpenForm>({ saved: now, now, stays });
  mine.now = now;
  useEffect(() => unsaved.watch(mine), [mine]);
  const dirty = isDirty(mine);
  useEffect(() => {
    // Only while it is needed: a page that listens is not kept for the way back.
    if (!dirty) return;
    // Asking must not need the line that may be gone by then.
    import('./unsaved-dialog').catch(() => {});
    const hold = (event: Event) => isDirty(mine) && event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [mine, dirty]);
  return {
    /** `then` closes the form. */
    leave: (then: () => void): void => unsaved.ask(then, [mine]),
    /** It holds what `next` says, which is what the form is about to show. */
    saved: (next: unknown = form): void => {
      mine.saved = JSON.stringify(next);
    },
  };
}
