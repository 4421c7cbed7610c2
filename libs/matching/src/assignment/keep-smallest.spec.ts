import fc from 'fast-check';
import { keepSmallest } from './keep-smallest.js';

describe('keepSmallest', () => {
  it('brings what a sort would bring to the front, each key with its item', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 40 }), { minLength: 1, maxLength: 60 }),
        fc.nat(),
        (keys, n) => {
          const count = 1 + (n % keys.length);
          const key = Float64Array.from(keys);
          const item = Int32Array.from(keys, (_, i) => i);
          const largest = keepSmallest(key, item, keys.length, count);
          const wanted = [...keys].sort((a, b) => a - b).slice(0, count);
          expect([...key.subarray(0, count)].sort((a, b) => a - b)).toEqual(wanted);
          expect(largest).toBe(wanted[count - 1]);
          expect(Array.from(item, (i) => keys[i])).toEqual([...key]);
          expect(new Set(item).size).toBe(keys.length);
        },
      ),
    );
  });
});
