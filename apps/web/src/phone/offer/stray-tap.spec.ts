import { isStrayTap } from './stray-tap';

it('takes no tap for the first 700 ms of an offer', () => {
  expect(isStrayTap(1_000, 1_000)).toBe(true);
  expect(isStrayTap(1_000, 1_699)).toBe(true);
  expect(isStrayTap(1_000, 1_700)).toBe(false);
});
