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

let toasts: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function become(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export const toaster = {
  get: () => toasts,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  show(text: string, tone: Toast['tone'] = 'done', undo?: Toast['undo']): number {
    const id = ++last;
    const stays = undo ? UNDO_MS : SHOWN_MS[tone];
    become([...toasts.slice(-2), { id, text, tone, undo, until: Date.now() + stays }]);
    setTimeout(() => toaster.close(id), stays);
    return id;
  },
  close(id: number): void {
    if (toasts.some((toast) => toast.id === id)) become(toasts.filter((toast) => toast.id !== id));
  },
  /** Takes back the last thing that can be. */
  async undoLast(): Promise<void> {
    const toast = toasts.findLast((t) => t.undo);
    if (!toast) return;
    toaster.close(toast.id);
    await toast.undo?.();
  },
};
