import { ActionIcon, Button, Checkbox } from '@mantine/core';
import {
  IconCheck,
  IconDots,
  IconMapPin,
  IconMoodEmpty,
  IconNavigation,
  IconPhone,
} from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Job } from '../../api/types';
import { useNow } from '../../live/use-live';
import { Empty } from '../../ui/empty';
import { clockTime, duration, timeWindow } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { StateBadge } from '../../ui/state-badge';
import { CallDispatch } from '../call-dispatch';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { isGivenBack, otherEvents } from '../state/next-step';
import { usePhone, visitOf, zoneOf } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import { JobProof } from './job-proof';
import { JobTools, type Tool } from './job-tools';
import { NextAction } from './next-action';
import { RefusedProof } from './refused-proof';

export function JobPage() {
  const { t } = useTranslation('phone');
  const { id } = useParams();
  const { state } = usePhone();
  const job = state.jobs.find((one) => one.id === id);
  const type = job?.serviceTypeId ? state.serviceTypes.get(job.serviceTypeId) : undefined;
  return (
    <>
      <PhoneTop title={type?.name ?? t('job.title')} back="/phone">
        <CallDispatch />
        {job && <StateBadge state={job.state} />}
      </PhoneTop>
      {job ? (
        <Visit job={job} />
      ) : (
        <main className={classes.main}>
          <SendStatusBar />
          <Empty icon={<IconMoodEmpty />} title={t('job.gone')} text={t('job.goneText')} />
        </main>
      )}
    </>
  );
}

function Visit({ job }: { job: Job }) {
  const { t } = useTranslation('phone');
  const [tool, setTool] = useState<Tool | null>(null);
  const open = useCallback((next: Tool | null) => setTool(next), []);
  const now = useNow(5_000);
  const { state } = usePhone();
  const zone = zoneOf(state, job.areaId);
  const ended = otherEvents(job, null).length === 0;
  const window = timeWindow(job.windowStart, job.windowEnd, now, zone);
  return (
    <>
      <main className={classes.main}>
        <SendStatusBar />
        <section className={classes.card}>
          <div className={classes.place}>{job.address}</div>
          <div className={`${classes.soft} tnum`}>
            {jobNumber(job)} · {window && <>{t('job.window', { window })} · </>}
            {t('job.work', { time: duration(job.durationSeconds) })}
          </div>
          {job.contactName && <div>{job.contactName}</div>}
          {!ended && (
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
              <Button
                variant="light"
                mih="2.75rem"
                leftSection={<IconNavigation size={20} aria-hidden />}
                onClick={() => open('ways')}
              >
                {t('job.ways')}
              </Button>
              {job.contactPhone && (
                <Button
                  component="a"
                  href={`tel:${job.contactPhone}`}
                  variant="light"
                  mih="2.75rem"
                  leftSection={<IconPhone size={20} aria-hidden />}
                >
                  {t('job.call')}
                </Button>
              )}
            </div>
          )}
        </section>
        {job.state === 'en_route' && (
          <div className={classes.line}>
            <IconMapPin aria-hidden />
            <span>{t('job.fence')}</span>
          </div>
        )}
        {job.state === 'paused' && (
          <p className={classes.soft}>
            {t('job.pausedSince', { time: clockTime(job.stateSince, now, zone) })}
          </p>
        )}
        {job.state === 'failed' && job.failReason && (
          <p className={classes.soft}>
            {t(`common:reason.${job.failReason}`, { defaultValue: job.failReason })}
          </p>
        )}
        {job.notes && (
          <section className={classes.card}>
            <h2>{t('job.notes')}</h2>
            <div style={{ whiteSpace: 'pre-wrap' }}>{job.notes}</div>
          </section>
        )}
        <Checklist job={job} />
        <RefusedProof job={job} open={open} />
        <JobProof job={job} open={open} />
        <UndoComplete job={job} now={now} />
        <GivenBack job={job} />
      </main>
      {!ended && (
        <footer className={classes.foot}>
          <NextAction job={job} open={open} />
          <ActionIcon
            variant="default"
            className={classes.more}
            aria-label={t('more.title')}
            onClick={() => open('more')}
          >
            <IconDots />
          </ActionIcon>
        </footer>
      )}
      <JobTools job={job} tool={tool} open={open} />
    </>
  );
}

function Checklist({ job }: { job: Job }) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const { checklist, ticked } = visitOf(state, job);
  if (checklist.length === 0) return null;
  return (
    <section className={classes.card} id="checklist">
      <h2>{t('checklist.title')}</h2>
      {checklist.map((line, i) => (
        <ChecklistLine key={line.text} job={job} line={i} ticked={ticked.includes(i)}>
          {line.text}
          {line.required === false && <span className={classes.soft}> {t('checklist.optional')}</span>}
        </ChecklistLine>
      ))}
    </section>
  );
}

interface LineProps {
  job: Job;
  line: number;
  ticked: boolean;
  children: ReactNode;
}

function ChecklistLine({ job, line, ticked, children }: LineProps) {
  const { phone } = usePhone();
  const attempt = useAttempt();
  // The tick is seen at once, and is what the disk says a moment later.
  const [shown, setShown] = useState(ticked);
  useEffect(() => setShown(ticked), [ticked]);
  return (
    <Checkbox
      size="lg"
      styles={{ body: { alignItems: 'center', minHeight: '3rem' }, label: { fontSize: '1rem' } }}
      disabled={job.state !== 'arrived' && job.state !== 'in_progress'}
      checked={shown}
      onChange={(event) => {
        const on = event.currentTarget.checked;
        setShown(on);
        void attempt(() => phone.tick(job.id, line, on)).then((kept) => kept || setShown(!on));
      }}
      label={children}
    />
  );
}

/** As long as it can be taken back. */
function UndoComplete({ job, now }: { job: Job; now: number }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  if (job.state !== 'completed') return null;
  const unsent = state.entries.some(
    (entry) => entry.jobId === job.id && entry.kind === 'complete' && entry.state === 'waiting',
  );
  const open = job.undoUntil !== null && Date.parse(job.undoUntil) > now;
  return (
    <section className={classes.card} role="status">
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <IconCheck aria-hidden color="var(--state-completed)" />
        <strong>
          {t('undo.completedAt', {
            time: clockTime(job.completedAt ?? job.stateSince, undefined, zoneOf(state, job.areaId)),
          })}
        </strong>
      </div>
      {(unsent || open) && (
        <Button
          variant="default"
          mih="3.25rem"
          mt="sm"
          fullWidth
          onClick={() => attempt(() => phone.undoComplete(job))}
        >
          {open && !unsent
            ? t('undo.until', { time: clockTime(job.undoUntil, undefined, zoneOf(state, job.areaId)) })
            : t('undo.take')}
        </Button>
      )}
    </section>
  );
}

/** Until it has been sent it can be kept after all. */
function GivenBack({ job }: { job: Job }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  if (!isGivenBack(job)) return null;
  const unsent = state.entries.findLast(
    (entry) => entry.jobId === job.id && entry.kind === 'release' && entry.state === 'waiting',
  );
  return (
    <section className={classes.card} role="status">
      <strong>{t('release.done')}</strong>
      {unsent && (
        <>
          <p className={classes.soft}>{t('release.unsent')}</p>
          <Button
            variant="default"
            mih="3.25rem"
            fullWidth
            onClick={() => attempt(() => phone.log.withdraw(unsent.seq))}
          >
            {t('release.keep')}
          </Button>
        </>
      )}
    </section>
  );
}
