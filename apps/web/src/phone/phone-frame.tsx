import { Button, Modal, Text } from '@mantine/core';
import { IconCalendarWeek, IconChecklist, IconHome2, IconSettings } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { Empty } from '../ui/empty';
import { PageSpinner } from '../ui/page-spinner';
import { useWakeLock } from './device/use-wake-lock';
import { OfferLines, type PutOff } from './offer/offer-line';
import { OfferScreen } from './offer/offer-screen';
import classes from './phone.module.css';
import { usePhone } from './state/phone-context';

/** What every page of the phone has: the tabs, the offer that covers everything, and what must not be overlooked. */
export function PhoneFrame({ children, update }: { children: ReactNode; update: (() => void) | null }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const { pathname } = useLocation();
  const [putOff, setPutOff] = useState<PutOff>([]);
  useWakeLock(state.jobs.some((job) => job.state === 'en_route'));
  if (state.store === 'opening') return <PageSpinner />;
  if (state.store === 'failed')
    return (
      <main>
        <Empty
          icon={<IconChecklist />}
          title={t('store.failed')}
          text={t('store.failedText')}
          action={{ label: t('store.again'), run: () => location.reload() }}
        />
      </main>
    );
  const inJob = pathname.startsWith('/phone/job/');
  return (
    <div className={classes.frame}>
      {update && (
        <div className={classes.line} role="status">
          <span aria-hidden>↻</span>
          <span>{t('update.ready')}</span>
          <Button variant="light" mih={44} onClick={update}>
            {t('update.change')}
          </Button>
        </div>
      )}
      <OfferLines putOff={putOff} onLook={(offerId) => setPutOff(putOff.filter((id) => id !== offerId))} />
      {children}
      {!inJob && <Tabs />}
      <OfferScreen putOff={putOff} onPutOff={setPutOff} />
      <Modal
        opened={state.full}
        onClose={() => phone.tellFull(false)}
        title={t('full.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        centered
      >
        <Text mb="md">{t('full.text')}</Text>
        <Button fullWidth size="lg" onClick={() => phone.tellFull(false)}>
          {t('full.understood')}
        </Button>
      </Modal>
    </div>
  );
}

function Tabs() {
  const { t } = useTranslation('phone');
  const tab = (to: string, label: string, icon: ReactNode) => (
    <NavLink to={to} end className={classes.tab}>
      {icon}
      {label}
    </NavLink>
  );
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      {tab('/phone', t('tabs.today'), <IconHome2 aria-hidden />)}
      {tab('/phone/week', t('tabs.week'), <IconCalendarWeek aria-hidden />)}
      {tab('/phone/record', t('tabs.record'), <IconChecklist aria-hidden />)}
      {tab('/phone/settings', t('tabs.settings'), <IconSettings aria-hidden />)}
    </nav>
  );
}
