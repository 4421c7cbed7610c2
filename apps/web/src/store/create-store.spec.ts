import { createStore } from './create-store';

describe('a store of client state', () => {
  it('begins with a value, or with what a function makes', () => {
    expect(createStore(3).get()).toBe(3);
    expect(createStore(() => [1, 2]).get()).toEqual([1, 2]);
  });

  it('holds the next value, given or made from the present one', () => {
    const count = createStore(0);
    count.set(4);
    expect(count.get()).toBe(4);
    count.set((present) => present + 1);
    expect(count.get()).toBe(5);
  });

  it('calls its listeners after a change, until they stop listening', () => {
    const count = createStore(0);
    const seen: number[] = [];
    const stop = count.subscribe(() => seen.push(count.get()));
    count.set(1);
    count.set(2);
    stop();
    count.set(3);
    expect(seen).toEqual([1, 2]);
  });

  it('tells nobody of a value that is the same', () => {
    const place = createStore<{ x: number } | null>({ x: Number.NaN });
    const listener = jest.fn();
    place.subscribe(listener);
    place.set((present) => present);
    expect(listener).not.toHaveBeenCalled();
    place.set({ x: Number.NaN });
    place.set(null);
    place.set(null);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('may be changed by a listener', () => {
    const asked = createStore<string | null>(null);
    const done: string[] = [];
    asked.subscribe(() => {
      const what = asked.get();
      if (what === null) return;
      asked.set(null);
      done.push(what);
    });
    asked.set('fit');
    asked.set('fit');
    expect(done).toEqual(['fit', 'fit']);
  });
});
