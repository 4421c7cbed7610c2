import type { Fix } from '../../api/types';
import { createStore } from '../../store/create-store';
import { useStore } from '../../store/use-store';

interface Replay {
  workerId: string | null;
  /** Oldest first. */
  fixes: readonly Fix[];
  /** Where the slider stands, epoch ms. */
  at: number;
}

const NOTHING: Replay = { workerId: null, fixes: [], at: 0 };
const { get, set, subscribe } = createStore(NOTHING);

/** The track that the map draws; the worker's panel fills it. */
export const replay = {
  get,
  subscribe,
  show: (workerId: string, fixes: readonly Fix[]) =>
    set({ workerId, fixes, at: Date.parse(fixes.at(-1)?.fixAt ?? '') || 0 }),
  seek: (at: number) => set((shown) => ({ ...shown, at })),
  clear: () => set(NOTHING),
};

export function useReplay(workerId: string | null): Replay {
  const shown = useStore(replay);
  return shown.workerId === workerId ? shown : NOTHING;
}
