import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { Insertion, Insertions, Job } from '../../api/types';
import { useSend } from '../../api/use-send';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { Failure } from '../../ui/failure';
import { clockTime, duration } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { dayOf, startOfDay } from '../../ui/zone';
import { release, wordsOf } from '../actions/job-actions';
import { shiftSeconds } from '../plan/proposal-rows';
import { refusalWords } from '../plan/refusal-words';
import classes from './panel.module.css';

/** Where an open job fits into the days as they run, whom it disturbs, and doing it. `atOnce`: nobody can take it now. */
export function InsertChoices({ job, atOnce }: { job: Job; atOnce: boolean }) {
  const { t } = useTranslation(['plan', 'desk']);
  const [asked, setAsked] = useState(false);
  const looking = asked || atOnce;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['job', job.id, 'insertions', job.version],
    queryFn: () => api.post('/jobs/{id}/insertions', { path: { id: job.id } }),
    enabled: looking,
    staleTime: 20_000,
  });
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('insert.title')}</h3>
      {atOnce && data && data.choices.length > 0 && <p className={classes.hint}>{t('insert.nobodyNow')}</p>}
      {!looking && (
        <>
          <p className={classes.hint}>{t('insert.text')}</p>
          <OnlineButton size="xs" variant="default" onClick={() => setAsked(true)}>
            {t('insert.find')}
          </OnlineButton>
        </>
      )}
      {error && <Failure error={error} retry={() => void refetch()} />}
      {looking && !data && !error && <Skeleton h={88} />}
      {data?.choices.map((choice) => (
        <Choice key={choice.workerId} job={job} choice={choice} />
      ))}
      {data && data.choices.length === 0 && <Refused job={job} refused={data.refused} />}
      {data && (
        <OnlineButton size="compact-xs" variant="subtle" loading={isFetching} onClick={() => void refetch()}>
          {t('insert.again')}
        </OnlineButton>
      )}
    </section>
  );
}

function Choice({ job, choice }: { job: Job; choice: Insertion }) {
  const { t } = useTranslation(['plan', 'desk']);
  const { workerId, name, stop, extraTravelSeconds } = choice;
  const others = choice.stops.filter(({ jobId }) => jobId !== job.id);
  const send = (key: string) =>
    api.post('/jobs/{id}/insert', { path: { id: job.id }, key, version: job.version, body: { workerId } });
  const insert = useSend(send, {
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['job', job.id] });
      void queryClient.invalidateQueries({ queryKey: ['board'] });
      void queryClient.invalidateQueries({ queryKey: ['route'] });
      toaster.show(
        t('insert.done', { name }),
        'done',
        others.length === 0 ? takeBack(job, t('desk:undoReason')) : undefined,
      );
    },
    onError: (problem) => {
      toaster.show(wordsOf(problem), 'problem');
      void queryClient.invalidateQueries({ queryKey: ['job', job.id] });
    },
  });
  const now = businessClock.now();
  return (
    <div className={classes.insertion}>
      <div>
        <strong>{name}</strong>
        <div className={`${classes.numbers} tnum`}>
          {stop && t('insert.arrives', { time: clockTime(stop.arrivesAt, now) })}
          {' · '}
          {t('insert.extra', { time: duration(extraTravelSeconds) })}
          {others.length === 0 && ` · ${t('insert.alone')}`}
        </div>
      </div>
      <OnlineButton
        size="compact-sm"
        variant="default"
        loading={insert.isPending}
        aria-label={t('insert.doFor', { name })}
        onClick={() => insert.send()}
      >
        {t('insert.do')}
      </OnlineButton>
      {others.length > 0 && (
        <div className={classes.moves}>
          {t('insert.moves', { count: others.length })}
          <ul>
            {others.map((other) => {
              const shift = shiftSeconds(other);
              const time = duration(Math.abs(shift));
              return (
                <li key={other.jobId} className="tnum">
                  {entityStore.jobs.get(other.jobId)?.address ?? '–'}: {clockTime(other.arrivesAt, now)} (
                  {shift > 0 ? t('change.later', { time }) : t('change.earlier', { time })})
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}

function Refused({ job, refused }: { job: Job; refused: Insertions['refused'] }) {
  const { t } = useTranslation('plan');
  const zone = entityStore.areas.get(job.areaId)?.timeZone;
  const now = businessClock.now();
  const opens = job.windowStart ? Date.parse(job.windowStart) : now;
  const midnight = startOfDay(dayOf(Math.max(opens, now), zone), zone);
  return (
    <>
      <p className={classes.hint}>{t('insert.none')}</p>
      <ul className={classes.refusedList}>
        {refused.map(({ workerId, rule, measure }) => {
          const name = entityStore.workers.get(workerId)?.name ?? '–';
          return (
            <li key={`${workerId} ${rule}`}>
              {measure ? (
                <>
                  <strong>{name}</strong> {refusalWords({ rule, ...measure }, midnight)}
                </>
              ) : rule === 'REQUIRED_WORKER_AWAY' ? (
                t('leftOut.workerAway', { name })
              ) : (
                t('leftOut.noWorkers')
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Undone by giving the job back; only where nobody else was moved for it. */
const takeBack = (job: Job, reason: string) => async () => {
  const now = entityStore.jobs.get(job.id);
  if (now) await release(now, reason);
};
