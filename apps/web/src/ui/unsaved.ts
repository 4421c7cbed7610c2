import { createStore } from '../store/create-store';

/** A form that is open. */
export interface OpenForm {
  /** As it was first shown, or last saved. */
  saved: string;
  now: string;
  /** It stays open whatever page is shown. */
  stays: boolean;
}

const open = new Set<OpenForm>();

export const isDirty = ({ saved, now }: OpenForm): boolean => now !== saved;
const ofThisPage = () => [...open].filter(({ stays }) => !stays);

/** What would be lost, and what comes after it. */
const { get, set, subscribe } = createStore<{ lost: OpenForm[]; then: () => void } | null>(null);

/** What was typed and not saved, and what waits for leave to lose it. */
export const unsaved = {
  /** Null while nothing is asked. */
  get,
  subscribe,
  watch(form: OpenForm) {
    open.add(form);
    return () => void open.delete(form);
  },
  /** Whether another page would lose something. */
  holds: (): boolean => ofThisPage().some(isDirty),
  /**
   * Does it at once, or when the person agrees to lose what was typed into `forms`: those that another page would close,
   * when none are named. One question at a time.
   */
  ask(then: () => void, forms: OpenForm[] = ofThisPage()): void {
    const lost = forms.filter(isDirty);
    if (lost.length === 0) then();
    else set((asked) => asked ?? { lost, then });
  },
  stay: () => set(null),
  /** Goes on and loses it. */
  leave(): void {
    const asked = get();
    for (const form of asked?.lost ?? []) form.saved = form.now;
    set(null);
    asked?.then();
  },
};
