import { createStore } from '../store/create-store';

/** How a part of the app gets here, and what can be done when it does not. */
export interface Way {
  /** Whether the server answers at all. */
  isOpen(): Promise<boolean>;
  /** Ends when it is worth another try: the line is back, somebody asks for it, or some time has passed. */
  nextChance(failures: number): Promise<void>;
  /** The page becomes the newest one; false when it has just done so. */
  renew(): boolean;
  /** Style sheets that did not arrive are asked for again: the bundler's loader asks only once. */
  mendStyles(): Promise<void>;
}

const LONGEST_WAIT_MS = 15_000;
const RENEWED = 'doorstep.renewed';
const RENEW_AT_MOST_EVERY_MS = 30_000;

const missing = createStore(0);
const chances = new Set<() => void>();

/** Parts that somebody waits for and that need a line. */
export const missingChunks = {
  /** Whether there are any. */
  get: () => missing.get() > 0,
  subscribe: missing.subscribe,
  tryNow(): void {
    for (const chance of chances) chance();
  },
};

const count = (change: 1 | -1): void => missing.set((before) => before + change);

/** A sheet that did not arrive looks to the page like an empty one; only the event tells. */
const brokenStyles = new Set<HTMLLinkElement>();
if (typeof document !== 'undefined')
  document.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') brokenStyles.add(target);
    },
    { capture: true },
  );

const browserWay: Way = {
  isOpen: () =>
    fetch('/health/live', { cache: 'no-store' }).then(
      () => true,
      () => false,
    ),
  nextChance: (failures) =>
    new Promise((resolve) => {
      const timer = setTimeout(go, Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** failures));
      function go() {
        clearTimeout(timer);
        removeEventListener('online', go);
        chances.delete(go);
        resolve();
      }
      addEventListener('online', go);
      chances.add(go);
    }),
  renew() {
    const last = Number(sessionStorage.getItem(RENEWED) ?? 0);
    if (Date.now() - last < RENEW_AT_MOST_EVERY_MS) return false;
    sessionStorage.setItem(RENEWED, String(Date.now()));
    location.reload();
    return true;
  },
  async mendStyles() {
    const broken = [...brokenStyles];
    brokenStyles.clear();
    await Promise.all(
      broken.map(
        (link) =>
          new Promise((resolve, reject) => {
            const again = link.cloneNode() as HTMLLinkElement;
            again.onload = resolve;
            again.onerror = reject;
            link.replaceWith(again);
          }),
      ),
    );
  },
};

/**
 * Fetches a part of the app. Without a line it waits for one; a page opened before an update, whose parts are no longer
 * there, becomes the new page. Rejects only with a fault of the part itself.
 */
export async function importWithRetry<T>(load: () => Promise<T>, way: Way = browserWay): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      if (failures > 0) await way.mendStyles();
      const part = await load();
      if (failures > 0) count(-1);
      return part;
    } catch (error) {
      if (failures === 0) count(1);
      // After a renewal under way this page is gone before the next chance comes.
      if ((await way.isOpen()) && failures > 0 && !way.renew()) {
        count(-1);
        throw error;
      }
      await way.nextChance(failures);
    }
  }
}
