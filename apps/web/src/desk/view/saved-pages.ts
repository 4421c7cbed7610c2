import { readView, type View, writeView } from './view-state';

const KEY = 'doorstep.pages';
/** Pages whose address holds a view that must survive a visit elsewhere. */
const KEPT = ['/', '/board', '/plan', '/sheet'];

/** The query that each page was left with, for as long as the tab is open. */
const searches = new Map<string, string>(readKept());

function readKept(): [string, string][] {
  try {
    return Object.entries(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, string>);
  } catch {
    return [];
  }
}

export function savePage(pathname: string, search: string): void {
  if (!KEPT.includes(pathname) || searches.get(pathname) === search) return;
  searches.set(pathname, search);
  sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(searches)));
}

/** The way back to a page as it was left. */
export const pageAddress = (pathname: string): string => pathname + (searches.get(pathname) ?? '');

/** The map as it is, or was left, with `part` changed: filters, order and place stay. */
export function mapAddress(part: Partial<View>): string {
  const search = window.location.pathname === '/' ? window.location.search : (searches.get('/') ?? '');
  const text = writeView({ ...readView(new URLSearchParams(search)), ...part }).toString();
  return text ? `/?${text}` : '/';
}

export const jobAddress = (jobId: string, part: Partial<View> = {}): string =>
  mapAddress({ tab: 'jobs', jobId, workerId: null, follow: false, planId: null, ...part });

export const workerAddress = (workerId: string, part: Partial<View> = {}): string =>
  mapAddress({ tab: 'workers', workerId, jobId: null, follow: false, planId: null, ...part });
