import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DayEffect as Effect } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration } from '../../ui/format';

/** Nobody calls less than this a delay. */
const NOTABLE_SECONDS = 60;

/** Whose day changes by it, and how: what the worker comes from, what follows, and how much later that gets. */
export function DayEffect({ day }: { day: Effect }) {
  const { t } = useTranslation('desk');
  const { after, before } = day;
  const now = businessClock.now();
  const place = (jobId: string) => entityStore.jobs.get(jobId)?.address ?? t('job.masked');
  const later = before && before.laterSeconds >= NOTABLE_SECONDS;
  return (
    <Text span size="xs" c="dimmed" className="tnum" display="block">
      {!after && !before && t('day.free')}
      {after && t('day.after', { place: place(after.jobId), time: clockTime(after.until, now) })}
      {after && before && ' · '}
      {before && t('day.before', { place: place(before.jobId), time: clockTime(before.arrivesAt, now) })}
      {later && (
        <Text span size="xs" c="var(--warn)">
          {' '}
          {t('day.later', { time: duration(before.laterSeconds) })}
        </Text>
      )}
    </Text>
  );
}
