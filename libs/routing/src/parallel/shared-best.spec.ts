import { SharedBest } from './shared-best.js';

describe('the board on which islands show their best', () => {
  const shape = { islands: 2, jobs: 3, workers: 2 };
  const pair = (wait: boolean) => {
    const memory = new SharedArrayBuffer(SharedBest.bytes(2, 3, 2));
    return [0, 1].map((me) => new SharedBest(memory, { ...shape, me, wait }));
  };

  it('hands over what the other has shown', () => {
    const [a, b] = pair(false);
    expect(a.swap(0, [[2, 0], [1]], 7.5)).toBeUndefined();
    expect(b.swap(0, [[0, 1, 2], []], 9)).toEqual({ tours: [[2, 0], [1]], cost: 7.5 });
    expect(a.swap(1, [[2], [1]], 7)).toEqual({ tours: [[0, 1, 2], []], cost: 9 });
    expect(b.swap(1, [[], []], 9)).toEqual({ tours: [[2], [1]], cost: 7 });
  });

  it('lets nobody wait for an island that has left', () => {
    const [a, b] = pair(true);
    b.leave();
    expect(a.swap(0, [[0], []], 1)).toBeUndefined();
  });

  it('is of no use to an island alone', () => {
    const alone = new SharedBest(new SharedArrayBuffer(SharedBest.bytes(1, 3, 2)), {
      ...shape,
      islands: 1,
      me: 0,
      wait: true,
    });
    expect(alone.swap(0, [[0], []], 1)).toBeUndefined();
  });
});
