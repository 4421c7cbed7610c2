import { createStore } from '../store/create-store';

/** Short messages at the foot of the page; one that can be undone counts down. */
export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'problem';
  undo?: () => void | Promise<void>;
  /** Wall time at which it goes away, ms. */
  until: number;
}

const SHOWN_MS = { done: 4_000, problem: 8_000 };
export const UNDO_MS = 10_000;

const { get, set, subscribe } = createStore<Toast[]>([]);
let last = 0;

export const toaster = {
  get,
  subscribe,
  show(text: string, tone: Toast['tone'] = 'done', undo?: Toast['undo']): number {
    const id = ++last;
    const stays = undo ? UNDO_MS : SHOWN_MS[tone];
    set((toasts) => [...toasts.slice(-2), { id, text, tone, undo, until: Date.now() + stays }]);
    setTimeout(() => toaster.close(id), stays);
    return id;
  },
  close(id: number): void {
    if (get().some((toast) => toast.id === id)) set((toasts) => toasts.filter((toast) => toast.id !== id));
  },
  /** Takes back the last thing that can be. */
  async undoLast(): Promise<void> {
    const toast = get().findLast((t) => t.undo);
    if (!toast) return;
    toaster.close(toast.id);
    await toast.undo?.();
  },
};
