import { PositionWatch } from './position-watch';

const HERE = { latitude: 31.2, longitude: 121.4, accuracy: 5, heading: Number.NaN, speed: null };

/** A browser whose `watchPosition` speaks once and is then silent, as it is for a phone that lies on a table. */
function stillPhone() {
  const current = jest.fn((found: (position: object) => void) =>
    found({ coords: HERE, timestamp: Date.now() }),
  );
  const geolocation = {
    watchPosition: (found: (position: object) => void) => {
      found({ coords: HERE, timestamp: Date.now() });
      return 1;
    },
    clearWatch: jest.fn(),
    getCurrentPosition: current,
  };
  Object.defineProperty(globalThis, 'navigator', { value: { geolocation }, configurable: true });
  return { current };
}

describe('the position of a phone that does not move', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-03-02T08:00:00Z') }));
  afterEach(() => jest.useRealTimers());

  it('is read again so that one goes out every minute, until the watch stops', () => {
    const { current } = stillPhone();
    const times: number[] = [];
    const watch = new PositionWatch();
    watch.start({ onFix: ({ atMs }) => times.push(atMs), onStatus: () => undefined });
    jest.advanceTimersByTime(5 * 60_000);
    const gaps = times.slice(1).map((at, i) => at - times[i]!);
    expect(times.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    const asked = current.mock.calls.length;
    watch.stop();
    jest.advanceTimersByTime(5 * 60_000);
    expect(current.mock.calls.length).toBe(asked);
  });
});
