import { seededRandom } from '#kernel';
import { bandsOf, bitsApart, LOOK_SIDE, lookOf, MAX_BITS_APART } from './photo-look.js';

/** Soft blotches of light, as a photo has them. */
function scene(seed: number): number[] {
  const random = seededRandom(seed);
  const spots = Array.from({ length: 12 }, () => [
    random(),
    random(),
    random() * 160 - 80,
    0.05 + random() * 0.2,
  ]);
  return Array.from({ length: LOOK_SIDE * LOOK_SIDE }, (_, i) => {
    const [x, y] = [(i % LOOK_SIDE) / LOOK_SIDE, Math.floor(i / LOOK_SIDE) / LOOK_SIDE];
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
const hashOf = (grey: number[]) => lookOf(grey).hash!;

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
    const black = new Array<number>(LOOK_SIDE * LOOK_SIDE).fill(0);
    expect(lookOf(black)).toEqual({ hash: null, deviation: 0 });
    expect(
      lookOf(
        noisy(
          black.map(() => 128),
          4,
          1,
        ),
      ).hash,
    ).toBeNull();
    expect(lookOf(scene(3)).deviation).toBeGreaterThan(10);
  });
});
