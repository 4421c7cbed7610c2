import { createStore } from '../../store/create-store';

interface Pick {
  choose: (place: { lat: number; lon: number }) => void;
}

const { get, set, subscribe } = createStore<Pick | null>(null);

/** Somebody waits for a click on the map. */
export const picking = {
  get,
  subscribe,
  start: (choose: Pick['choose']): void => set({ choose }),
  stop: (): void => set(null),
  choose(place: { lat: number; lon: number }): void {
    const waiting = get();
    set(null);
    waiting?.choose(place);
  },
};
