import i18next from 'i18next';
import type { Stated } from '../api/types';
import { clockTime } from '../ui/format';
import { world } from './world';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** What a sentence in the reader's language needs of what the server states; without one, the server's English stands. */
export function valueWords({ values, detail }: Stated): Record<string, unknown> {
  const { workerId, jobId, state } = values;
  const times = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && INSTANT.test(value) ? clockTime(value) : (value ?? '–'),
  ]);
  return {
    ...Object.fromEntries(times),
    count: values.workers,
    worker: world.workers.get(String(workerId))?.name ?? '–',
    job: world.jobs.get(String(jobId))?.address ?? '–',
    state: i18next.t(`common:state.${state}`, { defaultValue: state ?? '–' }),
    defaultValue: detail,
  };
}

/** The sentence that was found for what the server states, marked where it is the server's own. */
export function Said({ of, words }: { of: Stated; words: string }) {
  return <span lang={words === of.detail ? 'en' : undefined}>{words}</span>;
}
