import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../live/use-live';
import type { OwnStatus } from '../../offline/entry';
import { ago } from '../../ui/format';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';

/** Begin, pause, end; and how fresh what the desk knows of this phone is. */
export function DutyCard() {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const say = (status: OwnStatus) => attempt(() => phone.say(status));
  const { status } = state;
  if (status === 'suspended')
    return (
      <section className={`${classes.card} ${classes.warn}`} role="alert">
        {t('duty.suspended')}
      </section>
    );
  if (status === 'off_duty')
    return (
      <section className={classes.card}>
        <Text mb="sm">{t('duty.off')}</Text>
        <Button className={classes.big} fullWidth onClick={() => say('available')}>
          {t('duty.go')}
        </Button>
      </section>
    );
  return (
    <section className={classes.card}>
      <Freshness />
      {status !== 'busy' && (
        <Group mt="xs" grow>
          <Button
            variant="default"
            mih="2.75rem"
            onClick={() => say(status === 'on_break' ? 'available' : 'on_break')}
          >
            {t(status === 'on_break' ? 'duty.endBreak' : 'duty.break')}
          </Button>
          <Button variant="default" mih="2.75rem" onClick={() => say('off_duty')}>
            {t('duty.end')}
          </Button>
        </Group>
      )}
    </section>
  );
}

function Freshness() {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const now = useNow(1_000);
  const line =
    state.watch === 'denied'
      ? t('position.denied')
      : state.watch === 'unavailable'
        ? t('position.unavailable')
        : state.sentFixAt
          ? t('position.sent', { time: ago(state.sentFixAt, now) })
          : t('position.none');
  return <div className={classes.soft}>{line}</div>;
}
