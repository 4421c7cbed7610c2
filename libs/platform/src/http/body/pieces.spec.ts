import { gather } from '../../imports/gather.js';
import { Pieces } from './pieces.js';

const MEBIBYTE = 1024 * 1024;
const bytes = (fill: number) => Buffer.alloc(MEBIBYTE, fill);

/** How many turns others had meanwhile. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const count = () => {
    turns++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await work;
  done = true;
  return turns;
}

describe('the pieces of a large body', () => {
  it('are joined bit by bit where nobody said how many come', async () => {
    const pieces = new Pieces();
    for (let n = 1; n <= 10; n++) pieces.add(bytes(n));
    const joined = pieces.joined();
    expect(await turnsDuring(joined)).toBeGreaterThanOrEqual(8);
    expect([...new Set(await joined)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('are laid in their place as they come where the length is known, and may turn out fewer', async () => {
    const pieces = new Pieces(4);
    pieces.add(Buffer.from('abc'));
    expect(String(await pieces.joined())).toBe('abc');
  });

  it('are given away to a thread without another copy', async () => {
    const pieces = new Pieces();
    pieces.add(bytes(1));
    const body = await pieces.joined();
    expect((await gather(body, 2 * MEBIBYTE)).buffer).toBe(body.buffer);
    const shared = Buffer.from('a part of a pool');
    expect((await gather(shared, 100)).buffer).not.toBe(shared.buffer);
    await expect(gather(body, 100)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });
});
