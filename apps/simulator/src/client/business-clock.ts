/** The installation's business clock as a client sees it: a reading, and how fast it runs from there. */
export class BusinessClock {
  private baseAt = Date.now();
  private wallAt = Date.now();
  speed = 1;

  set({ now, speed }: { now: Date; speed: number }): void {
    this.baseAt = now.getTime();
    this.wallAt = Date.now();
    this.speed = speed;
  }

  now(): number {
    return Math.round(this.baseAt + (Date.now() - this.wallAt) * this.speed);
  }
}
