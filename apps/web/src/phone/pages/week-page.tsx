import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { Failure } from '../../ui/failure';
import { longDay } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { dayOf, deskZone } from '../../ui/zone';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { asked } from '../state/asked';
import { usePhone } from '../state/phone-context';
import { Jobs } from './today-page';

interface Interval {
  from: string;
  to: string;
}

/** The parts of `spans` that lie on the day. */
function hoursOn(day: dayjs.Dayjs, spans: Interval[]): [dayjs.Dayjs, dayjs.Dayjs][] {
  const end = day.add(1, 'day');
  return spans.flatMap(({ from, to }) => {
    const start = dayjs(from).isAfter(day) ? dayjs(from).tz(deskZone()) : day;
    const stop = dayjs(to).isBefore(end) ? dayjs(to).tz(deskZone()) : end;
    return start.isBefore(stop) ? [[start, stop] as [dayjs.Dayjs, dayjs.Dayjs]] : [];
  });
}

/** 08:00–16:30, up to 24:00; null for a whole day. */
function spell([from, to]: [dayjs.Dayjs, dayjs.Dayjs]): string | null {
  const midnight = to.isSame(to.startOf('day'));
  if (midnight && from.isSame(from.startOf('day'))) return null;
  return `${from.format('HH:mm')}–${midnight ? '24:00' : to.format('HH:mm')}`;
}

/** Seven days: when one works, and what is planned. What was fetched last is shown when there is no line. */
export function WeekPage() {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const from = dayjs(businessClock.now()).tz(deskZone()).startOf('day');
  const days = Array.from({ length: 7 }, (_, i) => from.add(i, 'day'));
  const { data, error, refetch } = useQuery({
    queryKey: ['phone', phone.person.id, 'schedule', from.valueOf()],
    queryFn: () =>
      asked(phone, 'schedule', '/workers/{id}/schedule', {
        path: { id: phone.person.workerId ?? '' },
        query: { from: from.toISOString(), to: from.add(7, 'day').toISOString() },
      }),
    networkMode: 'always',
  });
  const jobsOf = (day: dayjs.Dayjs): Job[] =>
    state.jobs.filter(
      (job) => dayOf(Date.parse(job.windowStart ?? job.stateSince)) === day.format('YYYY-MM-DD'),
    );
  return (
    <>
      <PhoneTop title={t('week.title')} />
      <main className={classes.main}>
        <SendStatusBar />
        {!data && error && <Failure error={error} retry={() => void refetch()} />}
        {!data && !error && <PageSpinner />}
        {data &&
          days.map((day) => {
            const hours = hoursOn(day, data.working);
            const away = hoursOn(day, data.timeOff).length > 0 && hours.length === 0;
            const jobs = jobsOf(day);
            return (
              <section key={day.valueOf()} className={classes.card}>
                <h2>{longDay(day.format('YYYY-MM-DD'))}</h2>
                <div className="tnum">
                  {away
                    ? t('week.away')
                    : hours.length === 0
                      ? t('week.free')
                      : hours.map((one) => spell(one) ?? t('week.allDay')).join(', ')}
                </div>
                {jobs.length > 0 && <Jobs title={t('week.jobs', { count: jobs.length })} jobs={jobs} />}
              </section>
            );
          })}
      </main>
    </>
  );
}
