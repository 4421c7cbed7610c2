import { useSyncExternalStore } from 'react';
import type { Fix } from '../../api/types';

interface Replay {
  workerId: string | null;
  /** Oldest first. */
  fixes: readonly Fix[];
  /** Where the slider stands, epoch ms. */
  at: number;
}

const NOTHING: Replay = { workerId: null, fixes: [], at: 0 };
let current = NOTHING;
const listeners = new Set<() => void>();

function become(next: Replay): void {
  current = next;
  for (const listener of listeners) listener();
}

/** The track that the map draws; the worker's panel fills it. */
export const replay = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  show: (workerId: string, fixes: readonly Fix[]) =>
    become({ workerId, fixes, at: Date.parse(fixes.at(-1)?.fixAt ?? '') || 0 }),
  seek: (at: number) => become({ ...current, at }),
  clear(): void {
    if (current !== NOTHING) become(NOTHING);
  },
};

export function useReplay(workerId: string | null): Replay {
  const shown = useSyncExternalStore(replay.subscribe, replay.get);
  return shown.workerId === workerId ? shown : NOTHING;
}
