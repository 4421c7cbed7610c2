import { useSyncExternalStore } from 'react';

/** More than this are not looked through one by one before something is done to all of them. */
export const MAX_SELECTED = 100;

let chosen: ReadonlySet<string> = new Set();
/** The one chosen last: a range begins there. */
let anchor: string | null = null;
/** The list from top to bottom. */
let order: readonly string[] = [];
/** They are being worked on: they stay chosen although they leave the list. */
let held = false;
/** A tap on a row chooses it; how a finger chooses several. */
let tapping = false;
const listeners = new Set<() => void>();

function become(next: ReadonlySet<string>): void {
  chosen = next;
  for (const listener of listeners) listener();
}

const bounded = (ids: Iterable<string>): Set<string> => new Set([...new Set(ids)].slice(0, MAX_SELECTED));

/** The jobs of the list that something is about to be done to together. */
export const jobSelection = {
  get: () => chosen,
  isTapping: () => tapping,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    anchor = id;
    become(bounded(next));
  },
  /** Everything from the one chosen last to this one, in the order of the list. */
  through(id: string): void {
    const [from, to] = [order.indexOf(anchor ?? ''), order.indexOf(id)];
    if (from < 0 || to < 0) jobSelection.toggle(id);
    else become(bounded([...chosen, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]));
  },
  /** The list is this now: what has left it is no longer meant. */
  keep(ids: readonly string[]): void {
    order = ids;
    if (held) return;
    const there = new Set(ids);
    const left = [...chosen].filter((id) => there.has(id));
    if (left.length !== chosen.size) become(new Set(left));
  },
  hold(on: boolean): void {
    held = on;
    if (!on) jobSelection.keep(order);
  },
  tap(on: boolean): void {
    tapping = on;
    if (on) become(new Set(chosen));
    else jobSelection.clear();
  },
  clear(): void {
    anchor = null;
    tapping = false;
    become(new Set());
  },
  /** True when a click meant choosing and not opening. */
  click(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }, id: string): boolean {
    if (event.shiftKey && chosen.size > 0) jobSelection.through(id);
    else if (event.ctrlKey || event.metaKey || tapping) jobSelection.toggle(id);
    else return false;
    return true;
  },
};

export const useSelectedJobs = (): ReadonlySet<string> =>
  useSyncExternalStore(jobSelection.subscribe, jobSelection.get);
export const useIsSelected = (id: string): boolean =>
  useSyncExternalStore(jobSelection.subscribe, () => chosen.has(id));
export const useTapping = (): boolean => useSyncExternalStore(jobSelection.subscribe, jobSelection.isTapping);
