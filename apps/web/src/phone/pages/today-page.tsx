import { ActionIcon, Button } from '@mantine/core';
import { IconChevronRight, IconCoffee, IconDots, IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Job } from '../../api/types';
import { useNow } from '../../live/use-live';
import { Empty } from '../../ui/empty';
import { clockTime, timeWindow } from '../../ui/format';
import { jobName, jobNumber } from '../../ui/job-number';
import { PageSpinner } from '../../ui/page-spinner';
import { StateBadge, StatusBadge } from '../../ui/state-badge';
import { CallDispatch } from '../call-dispatch';
import { JobTools, type Tool } from '../job/job-tools';
import { NextAction } from '../job/next-action';
import { OfferCards } from '../offer/offer-cards';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { isGivenBack } from '../state/next-step';
import { usePhone, zoneOf } from '../state/phone-context';
import { DutyCard } from './duty-card';
import { EarningsCard } from './earnings-card';

const ENDED = new Set<Job['state']>(['completed', 'closed', 'failed', 'cancelled', 'unfulfilled']);

/** What to do now, what comes next, what is done. */
export function TodayPage() {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const [now, ...next] = state.jobs.filter((job) => !ENDED.has(job.state) && !isGivenBack(job));
  const givenBack = state.jobs.filter(isGivenBack);
  const ended = state.jobs.filter((job) => ENDED.has(job.state));
  const empty = state.jobs.length === 0;
  const at = useNow(60_000);
  // Before anything is known of the worker, "off duty" would be a guess.
  const known = state.fetched || state.worker !== null;
  return (
    <>
      <PhoneTop title={t('today.title')}>
        <CallDispatch />
        <StatusBadge status={state.status} />
      </PhoneTop>
      <main className={classes.main}>
        <SendStatusBar />
        <OfferCards />
        {known && <DutyCard />}
        {now && <Now job={now} />}
        {empty &&
          (known ? (
            <Empty
              icon={state.status === 'off_duty' ? <IconCoffee /> : <IconMoodSmile />}
              title={t('today.empty')}
              text={t(state.status === 'off_duty' ? 'today.emptyOff' : 'today.emptyOn')}
            />
          ) : (
            <PageSpinner />
          ))}
        {next.length > 0 && <Jobs title={t('today.next')} jobs={next} now={at} />}
        {givenBack.length > 0 && <Jobs title={t('today.givenBack')} jobs={givenBack} now={at} />}
        {ended.length > 0 && <Jobs title={t('today.done')} jobs={ended} />}
        {ended.length > 0 && <EarningsCard />}
      </main>
    </>
  );
}

function Now({ job }: { job: Job }) {
  const { t } = useTranslation('phone');
  const navigate = useNavigate();
  const [tool, setTool] = useState<Tool | null>(null);
  const { state } = usePhone();
  const now = useNow(5_000);
  const type = job.serviceTypeId ? state.serviceTypes.get(job.serviceTypeId) : undefined;
  const to = `/phone/job/${job.id}`;
  // The checklist is on the page of the job.
  const open = (next: Tool | null) => (next === 'checklist' ? navigate(to) : setTool(next));
  return (
    <section className={`${classes.card} ${classes.hero}`} aria-label={t('today.now')}>
      <StateBadge state={job.state} />
      <Link
        to={to}
        className={classes.place}
        style={{
          color: 'inherit',
          textDecoration: 'none',
          display: 'flex',
          alignItems: 'center',
          minHeight: '2.75rem',
        }}
      >
        {job.address}
      </Link>
      <div className={classes.soft}>
        {[
          jobNumber(job),
          type?.name,
          timeWindow(job.windowStart, job.windowEnd, now, zoneOf(state, job.areaId)),
          job.contactName,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div style={{ display: 'flex', gap: 8 }}>
        <NextAction job={job} open={open} />
        <ActionIcon
          variant="default"
          className={classes.more}
          aria-label={t('more.title')}
          onClick={() => open('more')}
        >
          <IconDots />
        </ActionIcon>
      </div>
      <Button component={Link} to={to} variant="subtle" mih="2.75rem">
        {t('today.details')}
      </Button>
      <JobTools job={job} tool={tool} open={open} />
    </section>
  );
}

/** `now`: where they may be of another day than today, and the day is to be told. */
export function Jobs({ title, jobs, now }: { title: string; jobs: Job[]; now?: number }) {
  const { state } = usePhone();
  return (
    <section className={classes.card}>
      <h2>{title}</h2>
      <ul className={classes.rows}>
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to={`/phone/job/${job.id}`} className={classes.row}>
              <span className={`tnum ${classes.soft}`}>
                {clockTime(
                  job.completedAt ?? job.windowStart ?? job.stateSince,
                  now,
                  zoneOf(state, job.areaId),
                )}
              </span>
              <span>
                {jobName(job)}
                <br />
                <StateBadge state={job.state} />
              </span>
              <IconChevronRight aria-hidden size={18} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
