import type { FullRouteBook } from './full-route-book.js';

const NEVER = Number.POSITIVE_INFINITY;
/** Places looked at for each half. */
const PLACES = 10;

interface Place {
  route: number;
  slot: number;
  start: number;
  cost: number;
}

export interface TwinPlacement {
  cost: number;
  first: Place;
  second: Place;
  moment: number;
}

/** Two places on two routes, and one moment at which both can start: the cheapest sum of the best places of each half. */
export function placeTwins(book: FullRouteBook, task: number, twin: number): TwinPlacement | undefined {
  const firsts = places(book, task);
  const seconds = places(book, twin);
  let best: TwinPlacement | undefined;
  for (const first of firsts) {
    for (const second of seconds) {
      if (first.route === second.route || first.cost + second.cost >= (best?.cost ?? NEVER)) continue;
      const moment = Math.max(first.start, second.start);
      const cost = priceAt(book, task, first, moment) + priceAt(book, twin, second, moment);
      if (cost < (best?.cost ?? NEVER)) best = { cost, first, second, moment };
    }
  }
  return best;
}

function places(book: FullRouteBook, task: number): Place[] {
  const { instance, pricer } = book;
  const found: Place[] = [];
  for (let r = 0; r < instance.workers.length; r++) {
    if (instance.allowed[task * instance.workers.length + r] === 0) continue;
    for (let slot = book.firstSlot(task, r); slot <= book.len[r] + 1; slot++) {
      const cost = trialPrice(book, task, r, slot) - book.price[r];
      if (cost < NEVER) found.push({ route: r, slot, start: pricer.trialStart(r, slot), cost });
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, PLACES);
}

function trialPrice(book: FullRouteBook, task: number, r: number, slot: number): number {
  const { pricer } = book;
  const base = r * book.stride;
  for (let i = 1; i < slot; i++) pricer.trial[i] = book.seq[base + i];
  pricer.trial[slot] = task;
  for (let i = slot; i <= book.len[r]; i++) pricer.trial[i + 1] = book.seq[base + i];
  pricer.trialLen = book.len[r] + 1;
  return pricer.price(r, slot);
}

/** The price when the half starts at `moment` sharp. */
function priceAt(book: FullRouteBook, task: number, { route, slot }: Place, moment: number): number {
  const { notBefore, startBy } = book.clock;
  const [earliest, latest] = [notBefore[task], startBy[task]];
  notBefore[task] = moment;
  startBy[task] = moment;
  const price = trialPrice(book, task, route, slot) - book.price[route];
  notBefore[task] = earliest;
  startBy[task] = latest;
  return price;
}
