import { Button, Group, Text } from '@mantine/core';
import { IconBell, IconMapPinOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../live/use-live';
import type { OwnStatus } from '../../offline/entry';
import { ago } from '../../ui/format';
import { askForNotifications, notificationAccess } from '../device/notifications';
import { positionHealth } from '../device/position-health';
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
      <AskForNotifications />
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

/** What the desk knows of where this phone is; a warning when it knows nothing new, because offers stop then. */
function Freshness() {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const now = useNow(1_000);
  const sentFixAt = state.sentFixAt === null ? null : Date.parse(state.sentFixAt);
  const health = positionHealth({
    watch: state.watch,
    sentFixAt,
    onDutySince: state.watchingSince ?? now,
    now,
  });
  const said = sentFixAt === null ? t('position.none') : t('position.sent', { time: ago(sentFixAt, now) });
  if (health === 'fresh' || health === 'waiting') return <div className={classes.soft}>{said}</div>;
  return (
    <div className={`${classes.line} ${classes.warn}`} role="alert" data-testid="position-warning">
      <IconMapPinOff aria-hidden />
      <span>
        {said} {t(`position.${health}`)}
      </span>
    </div>
  );
}

/** Asked when duty begins, while there is a reason for it; from a tap, as browsers demand. */
function AskForNotifications() {
  const { t } = useTranslation('phone');
  const [access, setAccess] = useState(notificationAccess);
  if (access !== 'default') return null;
  return (
    <Button
      variant="light"
      mih="2.75rem"
      mt="xs"
      fullWidth
      leftSection={<IconBell size={20} aria-hidden />}
      onClick={() => void askForNotifications().then(setAccess)}
    >
      {t('notify.ask')}
    </Button>
  );
}
