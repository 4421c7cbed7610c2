import { throttle } from './throttle';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('what is asked for often', () => {
  it('is done at once, and then once for all that was asked meanwhile', () => {
    const run = jest.fn();
    const ask = throttle(2_000, run);
    ask();
    expect(run).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 40; i++) {
      ask();
      jest.advanceTimersByTime(250);
    }
    // Ten seconds, four times a second.
    expect(run).toHaveBeenCalledTimes(6);
    jest.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(6);
    ask();
    expect(run).toHaveBeenCalledTimes(7);
  });
});
