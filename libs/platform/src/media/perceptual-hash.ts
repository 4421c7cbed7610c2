/** A photo as two rules need it, from its grey values alone; cheap enough for any thread. */
export interface PictureLook {
  /** 128 bits, hex: which way brightness falls across the picture and down it. Null for a picture without any detail. */
  hash: string | null;
  /** How much its brightness varies, 0 to 128. */
  deviation: number;
}

/** The side of the square of grey values, 0 to 255, that `perceptualHash` reads. */
export const HASH_SIDE = 36;

const CELLS = 9;
const BLOCK = HASH_SIDE / CELLS;
/** A fall in brightness smaller than this is noise of the sensor or of the JPEG. */
const FALL = 3;
const BITS = 128;
const BAND_BITS = 16;
/** Copies that were re-encoded or scaled differ by less than this; two shots of the same door by more. */
export const MAX_BITS_APART = BITS / BAND_BITS - 1;

/** Difference hash ("dHash", N. Krawetz 2013) across and down. `grey` has HASH_SIDE x HASH_SIDE values. */
export function perceptualHash(grey: ArrayLike<number>): PictureLook {
  const cells = shrink(grey);
  const at = (row: number, column: number) => cells[row * CELLS + column]!;
  const bits: boolean[] = [];
  for (let row = 0; row < CELLS - 1; row++)
    for (let column = 0; column < CELLS - 1; column++) {
      bits.push(at(row, column) - at(row, column + 1) > FALL);
      bits.push(at(row, column) - at(row + 1, column) > FALL);
    }
  return { hash: bits.includes(true) ? toHex(bits) : null, deviation: deviationOf(grey) };
}

/**
 * The hash in pieces of 16 bits. Of two hashes that differ by at most MAX_BITS_APART at least one piece is the same, so
 * that a search for equal pieces misses no copy. Pieces without detail are in too many pictures to find one by.
 */
export function bandsOf(hash: string): { band: number; value: number }[] {
  return Array.from({ length: BITS / BAND_BITS }, (_, band) => ({
    band,
    value: Number.parseInt(hash.slice(band * 4, band * 4 + 4), 16),
  })).filter(({ value }) => value !== 0);
}

/** In how many bits two hashes differ. */
export function bitsApart(a: string, b: string): number {
  let difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; difference > 0n; difference >>= 1n) bits += Number(difference & 1n);
  return bits;
}

function shrink(grey: ArrayLike<number>): number[] {
  const cells = new Array<number>(CELLS * CELLS).fill(0);
  for (let i = 0; i < HASH_SIDE * HASH_SIDE; i++) {
    const row = Math.floor(Math.floor(i / HASH_SIDE) / BLOCK);
    cells[row * CELLS + Math.floor((i % HASH_SIDE) / BLOCK)]! += grey[i]! / (BLOCK * BLOCK);
  }
  return cells;
}

function deviationOf(grey: ArrayLike<number>): number {
  const values = Array.from(grey);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.round(Math.sqrt(variance) * 10) / 10;
}

const toHex = (bits: boolean[]): string =>
  BigInt(`0b${bits.map((bit) => (bit ? 1 : 0)).join('')}`)
    .toString(16)
    .padStart(BITS / 4, '0');
