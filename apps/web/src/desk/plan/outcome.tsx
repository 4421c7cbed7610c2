import { Alert } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayPlan } from '../../api/types';
import { valueWords } from '../../store/coded-message-text';
import classes from './plan.module.css';
import type { PlanAppearance } from './plan-appearance';

/** What became of the proposal so far: how much is true now, and what was left and why. */
export function Outcome({ plan, look }: { plan: DayPlan; look: PlanAppearance }) {
  const { t } = useTranslation('plan');
  if (!plan.outcome) return null;
  const { applied, skipped } = plan.outcome;
  return (
    <Alert
      role="status"
      variant="light"
      icon={<IconCheck aria-hidden />}
      title={t('outcome.applied', { count: applied.length })}
    >
      {skipped.length > 0 && (
        <>
          {t('outcome.left', { count: skipped.length })}
          <ul className={classes.plainList}>
            {skipped.map((skip) => (
              <li key={skip.jobId}>
                {look.jobOf(skip.jobId)?.address ?? t('visit.unknown')}:{' '}
                {t(`skip.${skip.code}`, valueWords(skip))}
              </li>
            ))}
          </ul>
        </>
      )}{' '}
      <Link to={`/board?date=${plan.date}&area=${plan.areaId}`} className={classes.address}>
        {t('outcome.board')}
      </Link>
    </Alert>
  );
}
