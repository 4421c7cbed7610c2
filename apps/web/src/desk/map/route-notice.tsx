import { Anchor, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWorker } from '../../store/use-entities';
import { shortDay } from '../../ui/format';
import classes from '../map-page.module.css';
import { usePlan } from '../plan/use-plan';
import type { View } from '../view/view-state';
import type { RouteLine } from './layers/routes';

interface Props {
  view: View;
  routes: readonly RouteLine[];
  onHide: () => void;
}

/** Whose routes are drawn, and that the lines are no roads. */
export function RouteNotice({ view, routes, onHide }: Props) {
  const { t } = useTranslation(['plan', 'desk']);
  const { data: plan } = usePlan(view.planId);
  const worker = useWorker(view.workerId);
  const stops = routes.find(({ workerId }) => workerId === view.workerId)?.stops.length ?? 0;
  if (!view.planId && stops === 0) return null;
  return (
    <div className={`${classes.notice} ${classes.routeNotice}`} role="status">
      <span>
        {plan && <strong>{t('map.proposal', { day: shortDay(plan.date) })}</strong>}
        {plan && stops > 0 && ' · '}
        {stops > 0 && `${worker?.name ?? ''}: ${t('map.day', { count: stops })}`}
        {' · '}
        {t('map.straight')}
      </span>
      {plan && (
        <>
          <Anchor component={Link} to={`/plan?plan=${plan.id}`} size="sm">
            {t('map.open')}
          </Anchor>
          <CloseButton size="sm" aria-label={t('map.hide')} onClick={onHide} />
        </>
      )}
    </div>
  );
}
