import { PositionStore } from './position-store';

const at = (workerId: string, second: number, lat = 31.2) => ({
  workerId,
  lat,
  lon: 121.4,
  heading: null,
  speed: null,
  accuracyMetres: 8,
  areaId: null,
  fixAt: new Date(second * 1000).toISOString(),
});

describe('where everyone is', () => {
  it('keeps the newest fix whatever order they come in', () => {
    const store = new PositionStore();
    store.put(at('w', 20, 31.3));
    store.put(at('w', 10, 31.9));
    expect(store.lat[store.row('w')!]).toBe(31.3);
    expect(store.size).toBe(1);
  });

  it('grows, and says which rows moved since the last look', () => {
    const store = new PositionStore();
    const watch = store.watch();
    for (let n = 0; n < 3_000; n++) store.put(at(`w${n}`, n));
    expect(watch.drain()).toHaveLength(3_000);
    store.put(at('w2999', 9_000, 30));
    expect(watch.drain()).toEqual([2_999]);
    expect(store.lat[2_999]).toBe(30);
    expect(store.lat[1]).toBe(31.2);
  });
});
