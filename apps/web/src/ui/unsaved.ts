/** A form that is open. */
export interface OpenForm {
  /** As it was first shown, or last saved. */
  saved: string;
  now: string;
  /** It stays open whatever page is shown. */
  stays: boolean;
}

const open = new Set<OpenForm>();
const listeners = new Set<() => void>();
let waiting: (() => void) | null = null;

export const isDirty = ({ saved, now }: OpenForm): boolean => now !== saved;
const ofThisPage = () => [...open].filter(({ stays }) => !stays);

function become(next: (() => void) | null): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** What was typed and not saved, and what waits for leave to lose it. */
export const unsaved = {
  /** Goes on and loses it; null while nothing is asked. */
  get: () => waiting,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
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
    else if (!waiting)
      become(() => {
        for (const form of lost) form.saved = form.now;
        become(null);
        then();
      });
  },
  stay: () => become(null),
};
