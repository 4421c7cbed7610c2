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

/** Why planning failed. */
export function failureWords(error: string | null): string {
  const large = /^(\d+) places are more than (\d+)/.exec(error ?? '');
  if (large) return i18next.t('plan:tooLarge', { places: large[1], most: large[2] });
  return error ?? '';
}
