import { Button, Modal, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Appearance } from '../../app/appearance';
import { appearanceStore } from '../../app/appearance-store';
import { session } from '../../session/session';
import { useStore } from '../../store/use-store';
import { ChooseLanguage } from '../../ui/choose-language';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { askForNotifications, notificationAccess } from '../device/notifications';
import { offerSound } from '../device/offer-sound';
import { readTextSize, saveTextSize, TEXT_SIZES, type TextSize } from '../device/text-size';
import { installer } from '../device/use-app-update';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { usePhone } from '../state/phone-context';

const ChangePassword = lazyWithRetry(() => import('../../session/change-password'));

export function SettingsPage() {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const install = installer();
  return (
    <>
      <PhoneTop title={t('settings.title')} />
      <main className={classes.main}>
        <SendStatusBar />
        <section className={classes.card}>
          <h2>{t('common:language')}</h2>
          <ChooseLanguage />
        </section>
        <TextSizes />
        <OfferSound />
        <Look />
        {install && (
          <Button variant="default" mih="3.25rem" onClick={install}>
            {t('settings.install')}
          </Button>
        )}
        <section className={classes.card}>
          <h2>{t('settings.positions')}</h2>
          <Text>{t('settings.positionsText')}</Text>
        </section>
        <section className={classes.card}>
          <h2>{t('settings.account')}</h2>
          <Text>{phone.person.name}</Text>
          <Text c="dimmed" size="sm">
            {phone.person.email}
          </Text>
          <LazyBoundary>
            <ChangePassword />
          </LazyBoundary>
          <LogOut />
        </section>
      </main>
    </>
  );
}

function TextSizes() {
  const { t } = useTranslation('phone');
  const [size, setSize] = useState(readTextSize);
  return (
    <section className={classes.card}>
      <h2>{t('settings.text')}</h2>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t('settings.text')}
        data={TEXT_SIZES.map((value) => ({ value, label: t(`settings.textSize.${value}`) }))}
        value={size}
        onChange={(value) => {
          setSize(value as TextSize);
          saveTextSize(value as TextSize);
        }}
      />
    </section>
  );
}

/** How an offer makes itself heard on this phone. */
function OfferSound() {
  const { t } = useTranslation('phone');
  const [on, setOn] = useState(offerSound.isOn);
  const [access, setAccess] = useState(notificationAccess);
  const change = (next: boolean) => {
    offerSound.set(next);
    setOn(next);
    offerSound.play();
  };
  return (
    <section className={classes.card}>
      <h2>{t('notify.title')}</h2>
      <Stack>
        <Switch
          size="lg"
          label={t('notify.sound')}
          checked={on}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        {access === 'default' && (
          <Button variant="light" mih="2.75rem" onClick={() => void askForNotifications().then(setAccess)}>
            {t('notify.ask')}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {t(`notify.${access}`)}
        </Text>
      </Stack>
    </section>
  );
}

function Look() {
  const { t } = useTranslation('phone');
  const { chosen, contrast } = useStore(appearanceStore);
  return (
    <section className={classes.card}>
      <h2>{t('common:look.label')}</h2>
      <Stack>
        <SegmentedControl
          fullWidth
          size="md"
          aria-label={t('common:look.label')}
          data={(['light', 'auto', 'dark'] as const).map((value) => ({
            value,
            label: t(`common:look.${value}`),
          }))}
          value={chosen}
          onChange={(scheme) => appearanceStore.set({ scheme: scheme as Appearance['scheme'] })}
        />
        <Switch
          size="lg"
          label={t('common:look.contrast')}
          checked={contrast === 'high'}
          onChange={(event) =>
            appearanceStore.set({ contrast: event.currentTarget.checked ? 'high' : 'normal' })
          }
        />
      </Stack>
    </section>
  );
}

/** Nothing unsent goes without having been asked for. */
function LogOut() {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const count = state.entries.length;
  const leave = async () => {
    await phone.wipe();
    await session.signOut();
    navigate('/phone', { replace: true });
  };
  return (
    <>
      <Button
        variant="light"
        color="red"
        mih="3.25rem"
        mt="sm"
        fullWidth
        onClick={() => (count > 0 ? setAsking(true) : void leave())}
      >
        {t('logOut.button')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('logOut.title', { count })}
        closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
        centered
      >
        <Stack>
          <Text>{t('logOut.text')}</Text>
          <Button
            mih="3.25rem"
            onClick={() => {
              phone.sendNow();
              setAsking(false);
            }}
          >
            {t('logOut.stay')}
          </Button>
          <Button variant="light" color="red" mih="3.25rem" onClick={() => void leave()}>
            {t('logOut.delete')}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
