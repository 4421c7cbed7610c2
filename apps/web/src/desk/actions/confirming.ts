/** Something that breaks a rule, or is meant for more than one, before it is done. */
export interface Question {
  title: string;
  /** What speaks against it. */
  lines: readonly string[];
  /** What the button says that does it. */
  action: string;
  run: () => void;
}

let current: Question | null = null;
const listeners = new Set<() => void>();

function become(next: Question | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** The one question that waits for an answer; closing it is a no. */
export const confirming = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  ask: (question: Question): void => become(question),
  close: (): void => become(null),
};
