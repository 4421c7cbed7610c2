import type { CallerView } from '../../api/types';

let waiting: CallerView | null = null;

/** With whom the next new job begins: said by whoever opens the form, and taken once. */
export const jobDraft = {
  begin(caller: CallerView): void {
    waiting = caller;
  },
  take(): CallerView | null {
    const caller = waiting;
    waiting = null;
    return caller;
  },
};
