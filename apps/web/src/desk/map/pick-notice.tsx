import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../store/use-store';
import classes from '../map-page.module.css';
import { picking } from './picking';

export function PickNotice() {
  const { t } = useTranslation('desk');
  const waiting = useStore(picking);
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
