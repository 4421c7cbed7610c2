import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { TimelineEntry } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { useNames } from '../presence/use-names';
import classes from './panel.module.css';

/** What has happened to the job, from the facts, the newest first. */
export function Timeline({ jobId }: { jobId: string }) {
  const { t } = useTranslation('desk');
  const { data, error, refetch } = useQuery({
    queryKey: ['job', jobId, 'timeline'],
    queryFn: () => api.get('/jobs/{id}/timeline', { path: { id: jobId } }),
  });
  const now = businessClock.now();
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('timeline.title')}</h3>
      {error && <Failure error={error} retry={() => void refetch()} />}
      <ol className={classes.timeline}>
        {newestFirst(data?.items ?? []).map((entry) => (
          <li key={`${entry.seq} ${entry.type} ${entry.occurredAt}`}>
            <span className={`${classes.time} tnum`}>{clockTime(entry.occurredAt, now)}</span>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const LOOKED = 'job.evaluated';

/** Of looks that follow one another only the last says something. */
const newestFirst = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
  entries.filter((entry, i) => entry.type !== LOOKED || entries[i + 1]?.type !== LOOKED).toReversed();

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t, i18n } = useTranslation('desk');
  const nameOf = useNames();
  const { type, data, actor } = entry;
  const plain = type.replace('.', '_');
  const own = `${plain}_own`;
  // A few steps are another thing when the worker takes them himself.
  const key = actor?.role === 'worker' && i18n.exists(`desk:fact.${own}`) ? own : plain;
  const worker = entityStore.workers.get(data.workerId as string | undefined)?.name ?? '';
  const what = i18n.exists(`desk:fact.${key}`) ? t(`fact.${key}`, { worker }) : type;
  const by =
    actor?.kind === 'user'
      ? nameOf(actor.id) || t(`common:role.${actor.role ?? 'dispatcher'}`)
      : actor?.kind === 'api_key'
        ? t('timeline.apiKey')
        : actor?.kind === 'private_link'
          ? t('timeline.link')
          : t('timeline.system');
  const reason =
    typeof data.reason === 'string'
      ? t(`common:reason.${data.reason}`, { defaultValue: systemReason(data.reason) })
      : null;
  const now = businessClock.now();
  const claimed = (data.claimed as { at?: string } | undefined)?.at;
  return (
    <span>
      {what}
      {reason ? ` – ${reason}` : ''}
      {claimed && (
        <span className={classes.numbers}> · {t('timeline.claimed', { time: clockTime(claimed, now) })}</span>
      )}
      {by !== worker || !what.includes(worker) ? <span className={classes.numbers}> · {by}</span> : null}
      {/* With a completion come the ticks of the checklist, a line each. */}
      {typeof data.note === 'string' && <span className={classes.note}>{data.note}</span>}
    </span>
  );
}

const OURS: Record<string, string> = {
  'moved by a plan': 'plan',
  'moved on the board': 'board',
  'reassigned by the desk': 'reassigned',
};

/** Reasons that Doorstep writes itself have words; what a person wrote stays as it was written. */
const systemReason = (reason: string): string =>
  OURS[reason] ? i18next.t(`desk:reasonOf.${OURS[reason]}`) : reason;
