import { useSyncExternalStore } from 'react';
import type { Readable } from './create-store';

/**
 * The store's value, or what `select` takes from it. Renders again only when that is another value (`Object.is`), so
 * `select` makes no new objects.
 */
export function useStore<T>(store: Readable<T>): T;
export function useStore<T, S>(store: Readable<T>, select: (value: T) => S): S;
export function useStore<T>(store: Readable<T>, select: (value: T) => unknown = (value) => value) {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
