import type { Job } from '../lifecycle/job.entity.js';
import type { CallerView } from './caller.dto.js';

const MAX_CALLERS = 8;
const MAX_PLACES = 5;
const MAX_RECENT = 5;

type Known = Pick<
  Job,
  | 'id'
  | 'number'
  | 'state'
  | 'siteId'
  | 'serviceTypeId'
  | 'lat'
  | 'lon'
  | 'address'
  | 'contactName'
  | 'contactPhone'
  | 'callerKey'
  | 'windowStart'
  | 'createdAt'
>;

const folded = (text: string | null) => (text ?? '').normalize('NFKC').trim().toLowerCase();

/** The people behind `jobs`, the last of which come first: the same number and name is one, and its doors are told apart. */
export function callersOf(jobs: readonly Known[]): CallerView[] {
  const callers = new Map<string, CallerView>();
  for (const job of jobs) {
    const who = `${job.callerKey} ${folded(job.contactName)}`;
    const known = callers.get(who);
    if (!known && callers.size === MAX_CALLERS) continue;
    const caller: CallerView = known ?? {
      phone: job.contactPhone ?? '',
      name: job.contactName,
      jobs: 0,
      places: [],
      recent: [],
    };
    callers.set(who, caller);
    caller.jobs += 1;
    const { siteId, address, lat, lon } = job;
    const isKnown = caller.places.some(
      (place) => (siteId !== null && place.siteId === siteId) || folded(place.address) === folded(address),
    );
    if (!isKnown && caller.places.length < MAX_PLACES) caller.places.push({ siteId, address, lat, lon });
    const { id, number, state, serviceTypeId, windowStart, createdAt } = job;
    if (caller.recent.length < MAX_RECENT)
      caller.recent.push({ id, number, state, address, serviceTypeId, windowStart, createdAt });
  }
  return [...callers.values()];
}
