import type { Area, Job, Worker } from '../../api/types';

export type Entry =
  | { kind: 'action'; id: string; label: string; detail?: string }
  | { kind: 'job'; id: string; label: string; detail: string }
  | { kind: 'worker'; id: string; label: string; detail: string }
  | { kind: 'area'; id: string; label: string };

export interface Haystack {
  /** For the job in the open panel, in the order in which they are offered. */
  verbs: { id: string; label: string; detail?: string }[];
  actions: { id: string; label: string }[];
  jobs: readonly Job[];
  workers: readonly Worker[];
  areas: readonly Area[];
  stateWord: (job: Job) => string;
  statusWord: (worker: Worker) => string;
}

const MOST_OF_A_KIND = 7;
const VERBS_UNASKED = 5;

/** How well `text` answers `words`: 0 not at all; more where a word begins the text, or one of its words. */
export function score(text: string, words: readonly string[]): number {
  const low = text.toLowerCase();
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
const whoMatched = ({ contactName }: Job, words: readonly string[]): string | null =>
  contactName && words.some((word) => contactName.toLowerCase().includes(word)) ? contactName : null;

/** What the palette offers for a text: actions first, then people, jobs and places. */
export function findEntries(text: string, hay: Haystack): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const asAction = (action: Haystack['verbs'][number]) => ({ kind: 'action' as const, ...action });
  if (words.length === 0) return [...hay.verbs.slice(0, VERBS_UNASKED), ...hay.actions].map(asAction);
  return [
    ...hay.verbs
      .filter((verb) => score(verb.label, words) > 0)
      .slice(0, MOST_OF_A_KIND)
      .map(asAction),
    ...best(hay.actions, (a) => a.label, words).map(asAction),
    ...best(hay.workers, (w) => `${w.name} ${w.phone ?? ''}`, words).map((w) => ({
      kind: 'worker' as const,
      id: w.id,
      label: w.name,
      detail: hay.statusWord(w),
    })),
    ...best(hay.jobs, (j) => `${j.address} ${j.externalRef ?? ''} ${j.contactName ?? ''}`, words).map(
      (j) => ({
        kind: 'job' as const,
        id: j.id,
        label: j.address,
        detail: [whoMatched(j, words), j.externalRef, hay.stateWord(j)].filter(Boolean).join(' · '),
      }),
    ),
    ...best(hay.areas, (a) => a.name, words, 4).map((a) => ({
      kind: 'area' as const,
      id: a.id,
      label: a.name,
    })),
  ];
}
