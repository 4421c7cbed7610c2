/** Tells what comes back of what we sent from what somebody else says, where both arrive late and some of it never does. */
export class Echo {
  private waiting: string[] = [];

  constructor(private seen: string) {}

  sent(value: string): void {
    this.waiting.push(value);
  }

  /** Whether `value`, which is there now, is to be taken over: it is news, and not ours. */
  isForeign(value: string): boolean {
    if (value === this.waiting.at(-1)) {
      this.waiting = [];
      this.seen = value;
      return false;
    }
    if (value === this.seen) return false;
    this.seen = value;
    const at = this.waiting.indexOf(value);
    if (at >= 0) this.waiting.splice(0, at + 1);
    else this.waiting = [];
    return at < 0;
  }
}
