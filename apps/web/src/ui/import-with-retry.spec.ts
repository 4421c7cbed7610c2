import { importWithRetry, missingChunks, type Way } from './import-with-retry';

const BROKEN = new Error('Failed to fetch dynamically imported module');

/** A way to the server that a test opens and shuts. */
class TestWay implements Way {
  open = false;
  renewed = 0;
  mayRenew = true;
  mended = 0;
  private chance = () => {};

  isOpen = async () => this.open;
  nextChance = () =>
    new Promise<void>((resolve) => {
      this.chance = resolve;
    });
  renew = () => {
    if (this.mayRenew) this.renewed++;
    return this.mayRenew;
  };
  mendStyles = async () => void this.mended++;
  async tryAgain() {
    this.chance();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a part of the app that is fetched when it is needed', () => {
  let way: TestWay;
  beforeEach(() => {
    way = new TestWay();
  });

  it('is waited for until the line is back, and says so meanwhile', async () => {
    const load = async () => {
      if (!way.open) throw BROKEN;
      return 'board';
    };
    const part = importWithRetry(load, way);
    await settled();
    expect(missingChunks.get()).toBe(true);
    await way.tryAgain();
    expect(missingChunks.get()).toBe(true);
    way.open = true;
    await way.tryAgain();
    expect(await part).toBe('board');
    expect(missingChunks.get()).toBe(false);
    expect(way).toMatchObject({ renewed: 0, mended: 2 });
  });

  it('is no longer there after an update: the page becomes the new one', async () => {
    way.open = true;
    void importWithRetry(() => Promise.reject(BROKEN), way);
    await settled();
    // The line may have been back a moment after the failure.
    expect(way.renewed).toBe(0);
    await way.tryAgain();
    expect(way.renewed).toBe(1);
  });

  it('rejects with its own fault when even the new page has it', async () => {
    Object.assign(way, { open: true, mayRenew: false });
    const before = missingChunks.get();
    const part = importWithRetry(() => Promise.reject(BROKEN), way);
    const refused = expect(part).rejects.toBe(BROKEN);
    await settled();
    await way.tryAgain();
    await refused;
    expect(missingChunks.get()).toBe(before);
  });
});
