import { phoneDigits, searchText } from '#kernel';
import type { Area, Job, Worker } from '../../api/types';
import { jobName, jobNumber } from '../../ui/job-number';
import { wordsIn } from '../../ui/search-words';

/** What the palette needs of a job; a caller's earlier ones are not on the desk. */
export type PaletteJob = Pick<Job, 'id' | 'number' | 'address'> &
  Partial<Pick<Job, 'externalRef' | 'contactName' | 'contactPhone'>> & { state: Job['state'] };

/** Somebody who called before. */
export interface PaletteCaller {
  id: string;
  label: string;
  detail: string;
}

export type Entry =
  | { kind: 'verb'; id: string; label: string; detail?: string }
  | { kind: 'action'; id: string; label: string; detail?: string }
  | { kind: 'job'; id: string; label: string; detail: string }
  | { kind: 'caller'; id: string; label: string; detail: string }
  | { kind: 'worker'; id: string; label: string; detail: string }
  | { kind: 'area'; id: string; label: string };

export interface Haystack {
  /** For the job in the open panel, in the order in which they are offered. */
  verbs: { id: string; label: string; detail?: string }[];
  actions: { id: string; label: string }[];
  jobs: readonly PaletteJob[];
  workers: readonly Worker[];
  areas: readonly Area[];
  /** Found by the server: whom the number in the text was given for, and what was done for them. */
  callers: readonly PaletteCaller[];
  earlier: readonly PaletteJob[];
  stateWord: (job: PaletteJob) => string;
  statusWord: (worker: Worker) => string;
}

const MOST_OF_A_KIND = 7;
const VERBS_UNASKED = 5;

/** How well `text` answers `words`: 0 not at all; more where a word begins the text, or one of its words. */
export function score(text: string, words: readonly string[]): number {
  const low = searchText(text);
  let total = 0;
  for (const word of words) {
    const at = low.indexOf(word);
    if (at < 0) return 0;
    total += at === 0 ? 4 : /[\s#(-]/.test(low[at - 1]!) ? 3 : 1;
  }
  return total + 1 / (1 + low.length);
}

function best<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  words: readonly string[],
  most = MOST_OF_A_KIND,
): T[] {
  return items
    .map((item) => ({ item, points: score(textOf(item), words) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ item }) => item);
}

/** The customer, where the name is why the job is found. */
const whoMatched = ({ contactName }: PaletteJob, words: readonly string[]): string | null =>
  contactName && words.some((word) => searchText(contactName).includes(word)) ? contactName : null;

const jobText = (job: PaletteJob) =>
  [
    jobNumber(job),
    job.address,
    job.externalRef,
    job.contactName,
    job.contactPhone,
    phoneDigits(job.contactPhone ?? ''),
  ].join(' ');

/**
 * What the palette offers for a text. Before anything is typed: what can be done with the open job, and where to go. Then
 * what is found, people first; what changes the open job comes last, so that Enter never does it unasked.
 */
export function findEntries(text: string, hay: Haystack): Entry[] {
  const words = wordsIn(text);
  const asVerb = (verb: Haystack['verbs'][number]) => ({ kind: 'verb' as const, ...verb });
  const asAction = (action: Haystack['actions'][number]) => ({ kind: 'action' as const, ...action });
  if (words.length === 0)
    return [...hay.verbs.slice(0, VERBS_UNASKED).map(asVerb), ...hay.actions.map(asAction)];
  const asJob = (job: PaletteJob): Entry => ({
    kind: 'job',
    id: job.id,
    label: jobName(job),
    detail: [whoMatched(job, words), job.externalRef, hay.stateWord(job)].filter(Boolean).join(' · '),
  });
  const here = best(hay.jobs, jobText, words);
  const known = new Set(hay.jobs.map(({ id }) => id));
  return [
    ...best(hay.actions, (a) => a.label, words).map(asAction),
    ...best(hay.workers, (w) => `${w.name} ${w.phone ?? ''} ${phoneDigits(w.phone ?? '') ?? ''}`, words).map(
      (w) => ({
        kind: 'worker' as const,
        id: w.id,
        label: w.name,
        detail: hay.statusWord(w),
      }),
    ),
    ...here.map(asJob),
    ...hay.earlier
      .filter(({ id }) => !known.has(id))
      .slice(0, MOST_OF_A_KIND)
      .map(asJob),
    ...hay.callers.map((caller) => ({ kind: 'caller' as const, ...caller })),
    ...best(hay.areas, (a) => a.name, words, 4).map((a) => ({
      kind: 'area' as const,
      id: a.id,
      label: a.name,
    })),
    ...hay.verbs
      .filter((verb) => score(verb.label, words) > 0)
      .slice(0, MOST_OF_A_KIND)
      .map(asVerb),
  ];
}

/**
 * The row that Enter chooses before an arrow key was pressed: the first that only leads somewhere. Nothing is marked
 * before something is typed, and never what changes a job. -1: none.
 */
export const firstMarked = (text: string, entries: readonly Entry[]): number =>
  text.trim() === '' ? -1 : entries.findIndex(({ kind }) => kind !== 'verb');
