/** The command line was not understood; the message says what would have been. */
export class UsageError extends Error {
  override name = 'UsageError';
}
