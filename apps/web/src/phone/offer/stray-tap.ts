/** A finger that was on its way to something else when the offer appeared, milliseconds. */
const GUARD_MS = 700;

/** Whether a tap at `tappedAt` was begun for what stood there before the offer was shown; both by `performance.now()`. */
export const isStrayTap = (shownAt: number, tappedAt: number): boolean => tappedAt - shownAt < GUARD_MS;
