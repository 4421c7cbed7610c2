import { seededRandom } from '#kernel';
import { bandsOf, bitsApart, HASH_SIDE, MAX_BITS_APART, perceptualHash } from './perceptual-hash.js';

/** Soft blotches of light, as a photo has them. */
function scene(seed: number): number[] {
  const random = seededRandom(seed);
  const spots = Array.from({ length: 12 }, () => [
    random(),
    random(),
    random() * 160 - 80,
    0.05 + random() * 0.2,
  ]);
  return Array.from({ length: HASH_SIDE * HASH_SIDE }, (_, i) => {
    const [x, y] = [(i % HASH_SIDE) / HASH_SIDE, Math.floor(i / HASH_SIDE) / HASH_SIDE];
    const light = spots.reduce(
      (sum, [a, b, strength, size]) =>
        sum + strength! * Math.exp(-((x - a!) ** 2 + (y - b!) ** 2) / (2 * size! ** 2)),
      120,
    );
    return Math.max(0, Math.min(255, Math.round(light)));
  });
}
const noisy = (grey: number[], by: number, seed: number) => {
  const random = seededRandom(seed);
  return grey.map((value) => Math.max(0, Math.min(255, Math.round(value + (random() - 0.5) * by))));
};
const hashOf = (grey: number[]) => perceptualHash(grey).hash!;

describe('a photo by its look', () => {
  it('is found again by a piece of its hash after noise, and not taken for another', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const [original, copy, other] = [scene(seed), noisy(scene(seed), 3, seed), scene(seed + 1_000)];
      const [a, b] = [hashOf(original), hashOf(copy)];
      expect(bitsApart(a, b)).toBeLessThanOrEqual(MAX_BITS_APART);
      const pieces = new Set(bandsOf(a).map(({ band, value }) => `${band}/${value}`));
      expect(bandsOf(b).some(({ band, value }) => pieces.has(`${band}/${value}`))).toBe(true);
      expect(bitsApart(a, hashOf(other))).toBeGreaterThan(MAX_BITS_APART);
    }
  });

  it('has none without any detail', () => {
    const black = new Array<number>(HASH_SIDE * HASH_SIDE).fill(0);
    expect(perceptualHash(black)).toEqual({ hash: null, deviation: 0 });
    expect(
      perceptualHash(
        noisy(
          black.map(() => 128),
          4,
          1,
        ),
      ).hash,
    ).toBeNull();
    expect(perceptualHash(scene(3)).deviation).toBeGreaterThan(10);
  });
});
