import { useTranslation } from 'react-i18next';
import type { DayPlan } from '../../api/types';
import classes from './plan.module.css';

/** Where a plan stands, as a word with its colour. */
export function PlanState({ state }: { state: DayPlan['state'] }) {
  const { t } = useTranslation('plan');
  return (
    <span className={classes.state} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}
