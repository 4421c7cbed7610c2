import { setImmediate } from 'node:timers/promises';

const JOINED_AT_ONCE = 1024 * 1024;

/** Joins pieces of a body without holding up others: as they come where the length is known, else bit by bit. */
export class Pieces {
  private readonly pieces: Buffer[] = [];
  private readonly whole: Buffer | null;
  private length = 0;

  /** `length`: of all together, if that is known. It may turn out less, not more. */
  constructor(length?: number) {
    this.whole = Number.isSafeInteger(length) ? owned(length!) : null;
  }

  add(piece: Buffer): void {
    if (this.whole) this.whole.set(piece, this.length);
    else this.pieces.push(piece);
    this.length += piece.length;
  }

  /** In memory that is shared with nothing else. */
  async joined(): Promise<Buffer> {
    if (this.whole) return this.whole.subarray(0, this.length);
    const whole = owned(this.length);
    let [at, copied] = [0, 0];
    for (let next = this.pieces.shift(); next; next = this.pieces.shift()) {
      whole.set(next, at);
      at += next.length;
      copied += next.length;
      if (copied < JOINED_AT_ONCE) continue;
      await setImmediate();
      copied = 0;
    }
    return whole;
  }
}

const owned = (length: number) => Buffer.from(new ArrayBuffer(length));
