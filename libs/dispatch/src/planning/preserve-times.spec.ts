import { preserveTimes, type TimedStop } from './preserve-times.js';

const stop = (startAt: number, heldStartAt: number | null, closesAt = 10_000): TimedStop => ({
  wayMs: 10,
  startAt,
  workMs: 100,
  heldStartAt,
  closesAt,
});

describe('the times of a route', () => {
  it('stay as people were told when they still work', () => {
    expect(preserveTimes([stop(10, 500), stop(120, 900)], 10_000)).toEqual([500, 900]);
  });

  it('move no further than a new stop makes them', () => {
    expect(preserveTimes([stop(10, 500), stop(120, null), stop(230, 650)], 10_000)).toEqual([500, 610, 720]);
  });

  it('are the engine’s when waiting would break a promise or the shift', () => {
    expect(preserveTimes([stop(10, 500), stop(120, null, 400)], 10_000)).toEqual([10, 120]);
    expect(preserveTimes([stop(10, 500)], 550)).toEqual([10]);
  });
});
