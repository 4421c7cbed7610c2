import type { CallerView } from '../../api/types';
import { createStore } from '../../store/create-store';

const waiting = createStore<CallerView | null>(null);

/** With whom the next new job begins: said by whoever opens the form, and taken once. */
export const jobDraft = {
  begin: (caller: CallerView): void => waiting.set(caller),
  take(): CallerView | null {
    const caller = waiting.get();
    waiting.set(null);
    return caller;
  },
};
