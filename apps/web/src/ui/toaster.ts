import { notifications, notificationsStore } from '@mantine/notifications';

type Tone = 'done' | 'problem';
type Undo = () => void | Promise<void>;

const SHOWN_MS = { done: 4_000, problem: 8_000 };
export const UNDO_MS = 10_000;
export const MAX_TOASTS = 3;

/** What can be taken back now, by its toast; the oldest first. */
const undos = new Map<string, Undo>();
let last = 0;

/** Short messages at the foot of the page; one that can be undone counts down. */
export const toaster = {
  show(text: string, tone: Tone = 'done', undo?: Undo): void {
    const id = `toast-${++last}`;
    // The newest is seen at once: for it the oldest goes.
    const { notifications: shown } = notificationsStore.getState();
    for (const toast of shown.slice(0, Math.max(0, shown.length + 1 - MAX_TOASTS))) toaster.close(toast.id!);
    if (undo) {
      undos.set(id, undo);
      // On time, also under a resting pointer: what could be taken back is carried out then.
      setTimeout(() => toaster.close(id), UNDO_MS);
    }
    notifications.show({
      id,
      message: text,
      autoClose: undo ? false : SHOWN_MS[tone],
      // What can be taken back is not only closed.
      allowClose: !undo,
      // The region that it stands in reads it out.
      role: 'none',
      'data-tone': tone,
    });
  },
  close(id: string): void {
    undos.delete(id);
    notifications.hide(id);
  },
  async undo(id: string): Promise<void> {
    const undo = undos.get(id);
    toaster.close(id);
    await undo?.();
  },
  /** Takes back the last thing that can be. */
  async undoLast(): Promise<void> {
    const id = [...undos.keys()].at(-1);
    if (id) await toaster.undo(id);
  },
};
