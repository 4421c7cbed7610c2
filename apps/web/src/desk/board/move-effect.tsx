import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MovePlan } from '../../api/types';
import { clockTime, duration } from '../../ui/format';
import { wordsOf } from '../actions/job-actions';
import { DayEffect } from '../panel/day-effect';
import { verdictWords } from '../panel/verdicts';

interface Props {
  plan: MovePlan | undefined;
  /** Why it cannot even be told. */
  problem: unknown;
  name: string;
}

/** Arrival, lateness and what stands against it. */
export function MoveEffect({ plan, problem, name }: Props) {
  const { t } = useTranslation('desk');
  if (problem)
    return (
      <Text size="sm" c="var(--bad)">
        {wordsOf(problem)}
      </Text>
    );
  if (!plan) return <Text size="sm">{t('board.working')}</Text>;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {name}
        {plan.assignment && ` · ${t('candidates.arrives', { time: clockTime(plan.assignment.arrivesAt) })}`}
      </Text>
      {plan.refusals.length === 0 && <DayEffect day={plan.day} />}
      {plan.refusals.map((text) => (
        <Text key={text} size="xs" c="var(--bad)">
          <IconBan size={13} aria-hidden /> {verdictWords(text)}
        </Text>
      ))}
      {plan.warnings.map((text) => (
        <Text key={text} size="xs" c="var(--warn)">
          <IconAlertTriangle size={13} aria-hidden /> {verdictWords(text)}
        </Text>
      ))}
      {plan.lateSeconds > 0 && (
        <Text size="xs" c="var(--bad)">
          {t('candidates.late', { time: duration(plan.lateSeconds) })}
        </Text>
      )}
      {plan.refusals.length + plan.warnings.length === 0 && plan.lateSeconds === 0 && (
        <Text size="xs" c="var(--good)">
          <IconCheck size={13} aria-hidden /> {t('board.fits')}
        </Text>
      )}
    </Stack>
  );
}
