/** Pieces of a page that somebody at the keyboard can find their way from. */
const HOMES = '[role="dialog"], dialog, aside, section[aria-label], main';
const REMEMBERED = 12;

const isAsleep = (element: HTMLElement): boolean => !element.isConnected || element.matches(':disabled');

/**
 * Whoever works by keyboard keeps their place. What had the focus may vanish or rest under their hands (a job is given
 * away, an alert is dealt with), and the browser would put them at the start of the page: they are put at the piece
 * they were in, or the one they had come from, and back as soon as what they used is awake again. A focus that somebody
 * drops on purpose stays dropped.
 */
export function keepFocus(): void {
  let last: HTMLElement | null = null;
  let homes: HTMLElement[] = [];
  /** What was put there by us, and what it stands in for. */
  let stand: { home: HTMLElement; for: HTMLElement } | null = null;
  let looking = false;
  /** What has the keyboard was taken out: if only to stand elsewhere in its list, it keeps it. */
  let moved = false;

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target === stand?.home) return;
    stand = null;
    last = target;
    const inside: HTMLElement[] = [];
    for (let home = target.closest<HTMLElement>(HOMES); home; home = nextOut(home)) inside.push(home);
    homes = [...new Set([...inside, ...homes])].filter((home) => home.isConnected).slice(0, REMEMBERED);
  });

  const look = () => {
    looking = false;
    const { activeElement } = document;
    const wasMoved = moved;
    moved = false;
    if (stand && activeElement === stand.home && !isAsleep(stand.for)) return stand.for.focus();
    if (!last || (activeElement !== document.body && activeElement !== null)) return;
    if (!isAsleep(last)) return wasMoved ? last.focus({ preventScroll: true }) : undefined;
    const home = homes.find((one) => one.isConnected) ?? document.querySelector('main');
    if (!home) return;
    stand = { home, for: last };
    if (!home.hasAttribute('tabindex')) home.tabIndex = -1;
    home.focus({ preventScroll: true });
  };
  // The browser lets go of what rests only when it draws: looked at after that.
  const ask = (changes: MutationRecord[]) => {
    moved ||= changes.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(last)));
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => requestAnimationFrame(look));
  };
  new MutationObserver(ask).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled'],
  });
}

const nextOut = (home: HTMLElement): HTMLElement | null =>
  home.parentElement?.closest<HTMLElement>(HOMES) ?? null;
