/** So many wrong passwords are human. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 900;

/**
 * How long the next attempt must wait after attempt number `attempt` from one place: nothing for the first five, then
 * 1 s, 2 s, 4 s … up to 15 minutes.
 */
export const waitSecondsAfter = (attempt: number): number =>
  attempt <= FREE_ATTEMPTS
    ? 0
    : Math.min(2 ** Math.min(attempt - FREE_ATTEMPTS - 1, 20), LONGEST_WAIT_SECONDS);
