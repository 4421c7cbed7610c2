import { createStore } from '../../store/create-store';

/** Something that breaks a rule, or is meant for more than one, before it is done. */
export interface Question {
  title: string;
  /** What speaks against it. */
  lines: readonly string[];
  /** What the button says that does it. */
  action: string;
  run: () => void;
}

const { get, set, subscribe } = createStore<Question | null>(null);

/** The one question that waits for an answer; closing it is a no. */
export const confirming = {
  get,
  subscribe,
  ask: (question: Question): void => set(question),
  close: (): void => set(null),
};
