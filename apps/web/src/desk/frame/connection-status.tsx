import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { businessClock } from '../../live/business-clock';
import { live } from '../../live/live-client';
import { useLiveStatus, useNow } from '../../live/use-live';
import { liveSync } from '../../store/live-sync';
import { useStore } from '../../store/use-store';
import { clockSeconds, clockTime } from '../../ui/format';
import classes from './desk-frame.module.css';

/** What time it is for the business, and whether the page is live. */
export function LiveClock() {
  const { t } = useTranslation('desk');
  const { state } = useLiveStatus();
  const now = useNow();
  // The zone of the city comes with the areas: until then there is no right time to show.
  const { loaded, failed } = useStore(liveSync);
  const speed = businessClock.speed();
  return (
    <span className={`${classes.clock} tnum`}>
      <span className={classes.pulse} data-state={state} />
      <span>
        {loaded || failed ? clockTime(now) : '––:––'}
        {speed === 0 ? ` · ${t('live.still')} ·` : speed !== 1 && ` ×${speed}`}{' '}
        <span className={classes.wide}>{t(`live.${state}`)}</span>
      </span>
    </span>
  );
}

/** The line is down: what is shown was true then. */
export function StaleBanner() {
  const { t } = useTranslation('desk');
  const { state, asOf } = useLiveStatus();
  if (state !== 'stale') return <div role="status" />;
  return (
    <div role="status" className={classes.banner}>
      <span>
        {asOf > 0 ? `${t('live.asOf', { time: clockSeconds(asOf) })} ${t('live.readOnly')}` : t('live.never')}
      </span>
      <Button size="compact-xs" variant="white" color="dark" onClick={() => live.retry()}>
        {t('common:tryAgain')}
      </Button>
    </div>
  );
}
