import { Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { clockTime, shortDay } from '../../ui/format';
import { useNames } from '../presence/use-names';
import classes from './plan.module.css';
import { PlanState } from './plan-state';
import { usePlans } from './use-plan';

/** What was planned before, the newest first. */
export function PlanList({ shownId }: { shownId: string | null }) {
  const { t } = useTranslation('plan');
  const { data, error, isPending, refetch } = usePlans();
  const areas = useAll(entityStore.areas);
  const nameOf = useNames();
  const now = businessClock.now();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Skeleton h={120} />;
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('list.none')}
      </Text>
    );
  return (
    <ul className={classes.plans}>
      {data.items.map((plan) => (
        <li key={plan.id}>
          <Link
            to={`/plan?plan=${plan.id}`}
            className={classes.planLink}
            aria-current={plan.id === shownId ? 'true' : undefined}
          >
            <span className={classes.planName}>
              {shortDay(plan.date)} · {areas.find((area) => area.id === plan.areaId)?.name ?? '–'}
            </span>
            <PlanState state={plan.state} />
            <span className={`${classes.quiet} tnum`}>
              {clockTime(plan.createdAt, now)}
              {nameOf(plan.createdBy) && ` · ${nameOf(plan.createdBy)}`}
            </span>
            {plan.totals && (
              <span className={`${classes.quiet} tnum`}>
                {t('list.placed', { count: plan.totals.after.stops, open: plan.totals.after.unassigned })}
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
