import { Button } from '@mantine/core';
import { IconCloudOff, IconCloudUp, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLiveStatus } from '../live/use-live';
import { unsentCount } from '../offline/optimistic';
import classes from './phone.module.css';
import { usePhone } from './state/phone-context';

/** How many records wait to be sent, and, unless `quietly`, that the worker is asked something; nothing when all is well. */
export function SendStatusBar({ quietly = false }: { quietly?: boolean }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const live = useLiveStatus();
  const count = unsentCount(state.entries);
  const questions =
    state.entries.filter((entry) => entry.state === 'rejected').length +
    state.conflicts.filter((conflict) => !state.putAway.includes(conflict.id)).length;
  return (
    <>
      {count > 0 && (
        <div className={classes.line} role="status" data-testid="waiting">
          {state.send.state === 'sending' ? <IconCloudUp aria-hidden /> : <IconCloudOff aria-hidden />}
          <span>{t('send.waiting', { count })}</span>
          {state.send.state !== 'sending' && (
            <Button variant="subtle" mih={44} onClick={() => phone.sendNow()}>
              {t('send.now')}
            </Button>
          )}
        </div>
      )}
      {live.state === 'stale' && (
        <div className={classes.line} role="status">
          <IconCloudOff aria-hidden />
          <span>{t('send.offline')}</span>
        </div>
      )}
      {state.send.state === 'refused' && (
        <div className={`${classes.line} ${classes.warn}`} role="alert">
          <IconHelpCircle aria-hidden />
          <span>{t('send.refused')}</span>
        </div>
      )}
      {questions > 0 && !quietly && (
        <Link to="/phone/questions" className={`${classes.line} ${classes.warn}`}>
          <IconHelpCircle aria-hidden />
          <span>{t('questions.some', { count: questions })}</span>
        </Link>
      )}
    </>
  );
}
