interface Pick {
  choose: (place: { lat: number; lon: number }) => void;
}

let current: Pick | null = null;
const listeners = new Set<() => void>();

function become(next: Pick | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Somebody waits for a click on the map. */
export const picking = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  start(choose: Pick['choose']): void {
    become({ choose });
  },
  stop(): void {
    if (current) become(null);
  },
  choose(place: { lat: number; lon: number }): void {
    const waiting = current;
    become(null);
    waiting?.choose(place);
  },
};
