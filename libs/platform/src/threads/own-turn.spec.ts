import { ownTurn } from './own-turn.js';

describe('turns of the event loop', () => {
  it('are one for each of those who come together', async () => {
    let turn = 0;
    let over = false;
    const count = () => {
      turn++;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    const seen = await Promise.all(Array.from({ length: 10 }, () => ownTurn().then(() => turn)));
    over = true;
    expect(new Set(seen).size).toBe(10);
  });
});
