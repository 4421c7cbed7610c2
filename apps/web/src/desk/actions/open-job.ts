import i18next from 'i18next';
import { edgeOf } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { isOfflineNow } from '../../live/use-live';
import { createStore } from '../../store/create-store';
import { toaster } from '../../ui/toaster';
import { step } from './job-actions';
import { mayChange } from './job-verbs';
import type { DeskStep } from './send-verb';

interface OpenJob {
  jobId: string;
  /** The step that asks for its reason. */
  asking: DeskStep | null;
  /** The form that is open: for the whole job, or its time alone. */
  changing: 'time' | 'all' | null;
}

const store = createStore<OpenJob | null>(null);
const become = (change: Partial<OpenJob>): void => store.set((open) => open && { ...open, ...change });

/** The job whose buttons are on the page, and the dialogs that they opened. Buttons, keys and the palette share it. */
export const openJob = {
  get: store.get,
  subscribe: store.subscribe,
  /** Called by the buttons when they appear. Returns how to let go. */
  show(jobId: string): () => void {
    store.set({ jobId, asking: null, changing: null });
    return () => store.set(null);
  },
  /** Takes the step, or first asks for its reason. */
  fire(job: Job, event: DeskStep): void {
    if (edgeOf(event).reason) become({ asking: event });
    else void step(job, event);
  },
  change(job: Job, what: 'time' | 'all'): void {
    if (isOfflineNow()) toaster.show(i18next.t('desk:live.readOnly'), 'problem');
    // A form that is open keeps what was typed into it.
    else if (mayChange(job)[what] && !store.get()?.changing) become({ changing: what });
  },
  closeReason: (): void => become({ asking: null }),
  closeForm: (): void => become({ changing: null }),
};
