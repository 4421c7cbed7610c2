import { destination } from '#kernel';
import { type FenceFix, forgetArrival, judgeDeclared, readFence, worthKeeping } from './arrival-fence.js';

const door = { lat: 42.36, lon: -71.06 };
const policy = {
  fenceEnterMetres: 100,
  fenceExitMetres: 200,
  fenceAccuracyMetres: 75,
  fenceDwellSeconds: 20,
};
const start = Date.parse('2026-03-02T09:00:00Z');
const fix = (seconds: number, metres: number, accuracyMetres = 10): FenceFix => ({
  ...destination(door, 90, metres),
  accuracyMetres,
  atMs: start + seconds * 1_000,
});

describe('the arrival fence', () => {
  it('believes a worker who stays at the door', () => {
    const read = readFence(door, [fix(0, 400), fix(5, 60), fix(15, 30), fix(26, 20)], null, policy);
    expect(read.arrival?.evidence).toMatchObject({ evidence: 'fence', trusted: true, dwellSeconds: 21 });
    expect(read.arrival?.atMs).toBe(start + 26_000);
  });

  it('does not believe one who drives past', () => {
    const read = readFence(
      door,
      [fix(0, 90), fix(10, 20), fix(18, 250), fix(19, 90), fix(30, 300)],
      null,
      policy,
    );
    expect(read.arrival).toBeNull();
    expect(read.memory?.insideSinceMs).toBeNull();
  });

  it('keeps counting while a fix strays between the circles, but does not arrive from there', () => {
    const read = readFence(door, [fix(0, 90), fix(12, 150), fix(25, 150)], null, policy);
    expect(read.arrival).toBeNull();
    expect(readFence(door, [fix(30, 95)], read.memory, policy).arrival).not.toBeNull();
  });

  it('ignores vague fixes and old ones, and remembers between batches', () => {
    const first = readFence(door, [fix(0, 10), fix(5, 10, 500)], null, policy);
    expect(first.memory?.lastMs).toBe(start);
    const late = readFence(door, [fix(-30, 900)], first.memory, policy);
    expect(late.memory).toEqual(first.memory);
    expect(readFence(door, [fix(20, 10)], late.memory, policy).arrival).not.toBeNull();
  });

  it('waits, after an arrival was taken back, until the worker has left and come again', () => {
    const back = forgetArrival(readFence(door, [fix(0, 10)], null, policy).memory, start + 1_000);
    const still = readFence(door, [fix(10, 10), fix(60, 10)], back, policy);
    expect(still.arrival).toBeNull();
    const again = readFence(door, [fix(100, 300), fix(110, 50), fix(140, 50)], still.memory, policy);
    expect(again.arrival?.evidence.dwellSeconds).toBe(30);
  });

  it('weighs what a worker declares', () => {
    expect(judgeDeclared(door, null, policy, start)).toEqual({ evidence: 'declared', trusted: false });
    expect(judgeDeclared(door, fix(0, 50), policy, start + 30_000)).toMatchObject({
      trusted: true,
      distanceMetres: 50,
    });
    expect(judgeDeclared(door, fix(0, 850), policy, start)).toMatchObject({
      trusted: false,
      distanceMetres: 850,
    });
    expect(judgeDeclared(door, fix(0, 50, 300), policy, start)).toMatchObject({ trusted: false });
    expect(judgeDeclared(door, fix(0, 50), policy, start + 61_000)).toMatchObject({ trusted: false });
  });

  it('writes only what is news', () => {
    const memory = { insideSinceMs: 1, lastMs: 1_000, mustLeave: false };
    expect(worthKeeping(memory, { ...memory, lastMs: 5_000 })).toBe(false);
    expect(worthKeeping(memory, { ...memory, lastMs: 31_000 })).toBe(true);
    expect(worthKeeping(memory, { ...memory, insideSinceMs: null })).toBe(true);
    expect(worthKeeping(null, null)).toBe(false);
  });
});
