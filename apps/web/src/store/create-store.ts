/** A value that changes, as a page or a function reads it. */
export interface Readable<T> {
  get: () => T;
  /** Calls back after each change. Returns how to stop. */
  subscribe: (listener: () => void) => () => void;
}

export interface Store<T> extends Readable<T> {
  /** The next value, or a function that makes it from the present one. The same value again is no change. */
  set: (next: T | ((present: T) => T)) => void;
}

/**
 * Client state outside React; components read it with `useStore`. It imports nothing, because the entry uses it before
 * React is loaded. A state that is itself a function has to be wrapped in an object.
 */
export function createStore<T>(initial: T | (() => T)): Store<T> {
  let state = initial instanceof Function ? initial() : initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      const value = next instanceof Function ? next(state) : next;
      if (Object.is(value, state)) return;
      state = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
