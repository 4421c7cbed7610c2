import { clampTime, type TimeBounds, type TimeClaim } from './clamp-time.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 12, minutes));
const bounds: TimeBounds = { createdAt: at(0), assignedAt: at(10), stateSince: at(20), receivedAt: at(60) };
const kept = (said: Date | TimeClaim) => {
  const { at: counts, claimed } = clampTime(said, bounds);
  return [counts, claimed?.at ?? null, claimed?.changes ?? null];
};

describe('the time that a phone claims', () => {
  it('counts as it is between the last change and now', () => {
    expect(kept(at(30))).toEqual([at(30), null, null]);
    expect(kept(at(20))).toEqual([at(20), null, null]);
    expect(kept({ claimedAt: at(40), notBefore: at(35) })).toEqual([at(40), null, null]);
  });

  it('is held to what is possible, and kept beside it with what was done', () => {
    const year2099 = new Date('2099-01-01T00:00:00Z');
    expect(kept(year2099)).toEqual([at(60), year2099, ['AFTER_RECEIPT']]);
    expect(kept(at(-1_200))).toEqual([at(20), at(-1_200), ['BEFORE_JOB']]);
    expect(kept(at(5))).toEqual([at(20), at(5), ['BEFORE_ASSIGNED']]);
    expect(kept(at(15))).toEqual([at(20), at(15), ['BEFORE_LAST_STEP']]);
    expect(kept({ claimedAt: at(30), notBefore: at(45) })).toEqual([at(45), at(30), ['DEVICE_ORDER']]);
    expect(kept({ claimedAt: at(30), notBefore: at(90) })).toEqual([at(60), at(30), ['DEVICE_ORDER']]);
    expect(kept({ claimedAt: at(400), correctedAt: at(40) })).toEqual([at(40), at(400), ['CLOCK_CORRECTED']]);
    expect(kept({ claimedAt: at(0), correctedAt: at(70) })).toEqual([
      at(60),
      at(0),
      ['CLOCK_CORRECTED', 'AFTER_RECEIPT'],
    ]);
  });
});
