import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../map-page.module.css';
import { picking } from './picking';

export function PickNotice() {
  const { t } = useTranslation('desk');
  const waiting = useSyncExternalStore(picking.subscribe, picking.get);
  useHotkeys([['Escape', () => picking.stop()]]);
  if (!waiting) return null;
  return (
    <div className={classes.notice} role="status">
      {t('map.pick')}
      <Button size="compact-xs" variant="default" onClick={() => picking.stop()}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}
