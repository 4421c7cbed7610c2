import { DomainError } from '#kernel';

const MAX_WAITING = 20;
/** Whoever has been refused so often without listening is cut off. */
const MAX_REFUSED = 500;

/** The commands of one socket, one after the other; more than a few that wait are refused. */
export class SocketQueue {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private refused = 0;

  constructor(private readonly cutOff: () => void) {}

  /** @throws DomainError TOO_MANY_AT_ONCE (429) */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) {
      this.refused += 1;
      if (this.refused > MAX_REFUSED) this.cutOff();
      return Promise.reject(
        new DomainError(
          'TOO_MANY_AT_ONCE',
          429,
          `More than ${MAX_WAITING} commands wait on this connection.`,
          {
            limit: MAX_WAITING,
            retryAfterSeconds: 1,
          },
        ),
      );
    }
    this.waiting += 1;
    const turn = this.last.then(work).finally(() => {
      this.waiting -= 1;
      if (this.waiting === 0) this.refused = 0;
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
