import { createStore } from '../../store/create-store';
import { useStore } from '../../store/use-store';

/** More than this are not looked through one by one before something is done to all of them. */
export const MAX_SELECTED = 100;

interface Selection {
  chosen: ReadonlySet<string>;
  /** The one chosen last: a range begins there. */
  anchor: string | null;
  /** The list from top to bottom. */
  order: readonly string[];
  /** They are being worked on: they stay chosen although they leave the list. */
  held: boolean;
  /** A tap on a row chooses it; how a finger chooses several. */
  tapping: boolean;
}

const NONE: ReadonlySet<string> = new Set();
const selection = createStore<Selection>({
  chosen: NONE,
  anchor: null,
  order: [],
  held: false,
  tapping: false,
});
const become = (change: Partial<Selection>): void => selection.set((before) => ({ ...before, ...change }));

const bounded = (ids: Iterable<string>): Set<string> => new Set([...new Set(ids)].slice(0, MAX_SELECTED));

/** The jobs of the list that something is about to be done to together. */
export const jobSelection = {
  get: () => selection.get().chosen,
  toggle(id: string): void {
    const next = new Set(selection.get().chosen);
    if (!next.delete(id)) next.add(id);
    become({ chosen: bounded(next), anchor: id });
  },
  /** Everything from the one chosen last to this one, in the order of the list. */
  through(id: string): void {
    const { chosen, anchor, order } = selection.get();
    const [from, to] = [order.indexOf(anchor ?? ''), order.indexOf(id)];
    if (from < 0 || to < 0) jobSelection.toggle(id);
    else
      become({
        chosen: bounded([...chosen, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]),
      });
  },
  /** The list is this now: what has left it is no longer meant. */
  keep(ids: readonly string[]): void {
    const { chosen, held } = selection.get();
    const there = new Set(ids);
    const left = held ? chosen : new Set([...chosen].filter((id) => there.has(id)));
    become({ order: ids, chosen: left.size === chosen.size ? chosen : left });
  },
  hold(on: boolean): void {
    become({ held: on });
    if (!on) jobSelection.keep(selection.get().order);
  },
  tap(on: boolean): void {
    if (on) become({ tapping: true });
    else jobSelection.clear();
  },
  clear: (): void => become({ chosen: NONE, anchor: null, tapping: false }),
  /** True when a click meant choosing and not opening. */
  click(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }, id: string): boolean {
    const { chosen, tapping } = selection.get();
    if (event.shiftKey && chosen.size > 0) jobSelection.through(id);
    else if (event.ctrlKey || event.metaKey || tapping) jobSelection.toggle(id);
    else return false;
    return true;
  },
};

export const useSelectedJobs = (): ReadonlySet<string> => useStore(selection, ({ chosen }) => chosen);
export const useIsSelected = (id: string): boolean => useStore(selection, ({ chosen }) => chosen.has(id));
export const useTapping = (): boolean => useStore(selection, ({ tapping }) => tapping);
