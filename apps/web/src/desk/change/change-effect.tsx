import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChangeEffect as Effect } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration } from '../../ui/format';
import { wordsOf } from '../actions/job-actions';
import { DayEffect } from '../panel/day-effect';
import { verdictWords } from '../panel/verdicts';

interface Props {
  effect: Effect | undefined;
  problem: unknown;
}

/** What a change does to the visit that is promised: when the worker comes then, and what it does to their day. */
export function ChangeEffect({ effect, problem }: Props) {
  const { t } = useTranslation(['call', 'desk']);
  const now = businessClock.now();
  if (problem)
    return (
      <Text size="sm" c="var(--bad)">
        {wordsOf(problem)}
      </Text>
    );
  if (!effect) return <Text size="sm">{t('desk:board.working')}</Text>;
  const { visit, refusals, warnings, withdrawnOffers } = effect;
  const name = entityStore.workers.get(visit?.workerId)?.name ?? '';
  // To the minute, as it is read: what moves by seconds stays.
  const came = visit && clockTime(visit.from.arrivesAt, now);
  const to = visit?.change === 'same' ? visit.from : visit?.change === 'retimed' ? visit.to : null;
  const comes = to && clockTime(to.arrivesAt, now);
  return (
    <Stack gap={2}>
      {visit && refusals.length === 0 && (
        <Text size="sm" fw={600} className="tnum">
          {visit.change === 'released' && t('change.released', { name })}
          {comes && comes === came && t('change.same', { name, time: came })}
          {comes && comes !== came && t('change.retimed', { name, time: comes, before: came })}
        </Text>
      )}
      {visit?.day && refusals.length === 0 && <DayEffect day={visit.day} />}
      {refusals.map((text) => (
        <Text key={text} size="sm" c="var(--bad)">
          <IconBan size={13} aria-hidden /> {verdictWords(text)}
        </Text>
      ))}
      {warnings.map((text) => (
        <Text key={text} size="sm" c="var(--warn)">
          <IconAlertTriangle size={13} aria-hidden /> {verdictWords(text)}
        </Text>
      ))}
      {visit && visit.lateSeconds > 0 && (
        <Text size="sm" c="var(--bad)">
          {t('desk:candidates.late', { time: duration(visit.lateSeconds) })}
        </Text>
      )}
      {withdrawnOffers > 0 && <Text size="sm">{t('change.withdrawn', { count: withdrawnOffers })}</Text>}
      {refusals.length + warnings.length === 0 && (
        <Text size="sm" c="var(--status-available)">
          <IconCheck size={13} aria-hidden /> {visit ? t('desk:board.fits') : t('change.nobodyPromised')}
        </Text>
      )}
    </Stack>
  );
}
