/** `describe` for tests that drive a page. Where no browser starts, `npm test` says so, and they are counted as skipped. */
export const describeInBrowser = (what: string, tests: () => void): void =>
  (process.env.DOORSTEP_NO_BROWSER ? describe.skip : describe)(what, tests);
