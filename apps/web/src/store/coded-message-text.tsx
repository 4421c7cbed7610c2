import i18next from 'i18next';
import type { CodedMessage } from '../api/types';
import { clockTime } from '../ui/format';
import { entityStore } from './entity-store';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** What a sentence in the reader's language needs of what the server states; without one, the server's English stands. */
export function valueWords({ values, detail }: CodedMessage): Record<string, unknown> {
  const { workerId, jobId, state } = values;
  const times = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && INSTANT.test(value) ? clockTime(value) : (value ?? '–'),
  ]);
  return {
    ...Object.fromEntries(times),
    count: values.workers,
    worker: entityStore.workers.get(String(workerId))?.name ?? '–',
    job: entityStore.jobs.get(String(jobId))?.address ?? '–',
    state: i18next.t(`common:state.${state}`, { defaultValue: state ?? '–' }),
    defaultValue: detail,
  };
}

/** The sentence that was found for what the server states, marked where it is the server's own. */
export function CodedMessageText({ of, words }: { of: CodedMessage; words: string }) {
  return <span lang={words === of.detail ? 'en' : undefined}>{words}</span>;
}
