import { setImmediate } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/** A short request takes about two turns: one to be read, one to be answered. */
const TURNS_BETWEEN = 2;

/**
 * Resolves in a turn of the event loop that nobody else was given, some turns after the last such one. Two dozen requests
 * that each take twenty milliseconds and arrive together would otherwise be one turn of half a second, and one that comes
 * in every turn would meet whoever asks for health in each of theirs.
 */
export function ownTurn(): Promise<void> {
  const mine = last.then(async () => {
    for (let turn = 0; turn < TURNS_BETWEEN; turn++) await setImmediate();
  });
  last = mine;
  return mine;
}
