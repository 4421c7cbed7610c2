import i18next from 'i18next';
import type { SkippedVisit } from '../../api/types';
import { clockTime } from '../../ui/format';
import { world } from '../../world/world';

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const INSTANT = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

/** Why a visit was left as it is when the plan was applied, in the reader's language. */
export function skipWords({ code, detail }: SkippedVisit): string {
  const id = ID.exec(detail)?.[0];
  const [from, to] = [...detail.matchAll(INSTANT)].map(([instant]) => clockTime(instant));
  const state = /^it is (\w+)$/.exec(detail)?.[1];
  return i18next.t(`plan:skip.${code}`, {
    worker: world.workers.get(id)?.name ?? '–',
    job: world.jobs.get(id)?.address ?? '–',
    from: from ?? '–',
    to: to ?? '–',
    state: state ? i18next.t(`common:state.${state}`, { defaultValue: state }) : '–',
    defaultValue: detail,
  });
}

/** The sentences a proposal rests on; one the page does not know yet is shown as the server wrote it. */
export function assumptionWords(sentence: string): string {
  const ways = /straight line x ([\d.]+) at (\d+) km\/h, plus (\d+) s/.exec(sentence);
  if (ways) return i18next.t('plan:assumes.ways', { factor: ways[1], speed: ways[2], seconds: ways[3] });
  if (sentence.startsWith('Everybody begins')) return i18next.t('plan:assumes.starts');
  const lost = /^(\d+) workers of whom nothing is known/.exec(sentence);
  return lost ? i18next.t('plan:assumes.lost', { count: Number(lost[1]) }) : sentence;
}

/** Why planning failed. */
export function failureWords(error: string | null): string {
  const large = /^(\d+) places are more than (\d+)/.exec(error ?? '');
  if (large) return i18next.t('plan:tooLarge', { places: large[1], most: large[2] });
  return error ?? '';
}
