import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { clockTime, longDay } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { PageSpinner } from '../../ui/page-spinner';
import { StateBadge } from '../../ui/state-badge';
import { dayOf } from '../../ui/zone';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { asked } from '../state/asked';
import { usePhone, zoneOf } from '../state/phone-context';
import { EarningsCard } from './earnings-card';

const SHOWN = 100;

/** What one has done, and what is known of how. */
export function RecordPage() {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const { data, error, refetch } = useQuery({
    queryKey: ['phone', phone.person.id, 'history'],
    queryFn: () => asked(phone, 'history', '/me/jobs', { query: { scope: 'history', limit: SHOWN } }),
    networkMode: 'always',
    staleTime: 0,
  });
  const jobs = data?.items ?? [];
  const weekAgo = businessClock.now() - 7 * 86_400_000;
  const done = jobs.filter(
    (job) =>
      (job.state === 'completed' || job.state === 'closed') &&
      Date.parse(job.completedAt ?? job.stateSince) > weekAgo,
  );
  const failed = jobs.filter((job) => job.state === 'failed' && Date.parse(job.stateSince) > weekAgo);
  const { worker } = state;
  return (
    <>
      <PhoneTop title={t('record.title')} />
      <main className={classes.main}>
        <SendStatusBar />
        {!data && error && <Failure error={error} retry={() => void refetch()} />}
        {!data && !error && <PageSpinner />}
        {data && (
          <dl className={classes.figures}>
            <Figure name={t('record.done')} value={done.length} />
            <Figure name={t('record.failed')} value={failed.length} />
            {worker?.rating !== null && worker?.rating !== undefined && (
              <Figure name={t('record.rating')} value={worker.rating.toFixed(1)} />
            )}
            {worker?.qualityScore !== null && worker?.qualityScore !== undefined && (
              <Figure name={t('record.quality')} value={Math.round(worker.qualityScore)} />
            )}
          </dl>
        )}
        <EarningsCard />
        {data && jobs.length === 0 && (
          <Empty icon={<IconChecklist />} title={t('record.empty')} text={t('record.emptyText')} />
        )}
        {byDay(jobs).map(([day, list]) => (
          <section key={day} className={classes.card}>
            <h2>{longDay(day)}</h2>
            <ul className={classes.rows}>
              {list.map((job) => (
                <li key={job.id} className={classes.row} style={{ cursor: 'default' }}>
                  <span className={`tnum ${classes.soft}`}>
                    {clockTime(job.completedAt ?? job.stateSince, undefined, zoneOf(state, job.areaId))}
                  </span>
                  <span>
                    {jobName(job)}
                    <br />
                    <StateBadge state={job.state} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </main>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string | number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function byDay(jobs: JobView[]): [string, JobView[]][] {
  const days = new Map<string, JobView[]>();
  for (const job of jobs) {
    const day = dayOf(Date.parse(job.completedAt ?? job.stateSince));
    days.set(day, [...(days.get(day) ?? []), job]);
  }
  return [...days];
}
