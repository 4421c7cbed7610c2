import { ActionIcon, Alert, Indicator, Kbd, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconBell,
  IconKeyboard,
  IconLayoutBoard,
  IconMap2,
  IconPlus,
  IconPrinter,
  IconRoute,
  IconSearch,
  IconSettings,
  IconShieldCheck,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { withTexts } from '../../i18n';
import { useIsOffline } from '../../live/use-live';
import { useCan } from '../../session/use-can';
import { useMe } from '../../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { Logo } from '../../ui/logo';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { useAlerts, useChime } from '../alerts/use-alerts';
import { CommandPalette, usePaletteAtHand } from '../palette/command-palette';
import { pageAddress, savePage } from '../view/saved-pages';
import { LiveClock, StaleBanner } from './connection-status';
import classes from './desk-frame.module.css';
import { type Panel, PanelContext } from './panel-context';
import { PersonMenu } from './person-menu';

const AlertsPane = lazyWithRetry(() => import('../alerts/alerts-pane'));
const Shortcuts = lazyWithRetry(() => import('./shortcuts-dialog'));
const CreateJob = lazyWithRetry(() => withTexts(import('../create/create-job'), 'call'));

export function DeskFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['desk', 'account']);
  const { role, areaIds } = useMe();
  const mayDispatch = useCan('create', 'Job');
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  // Before the links below are made: each leads back to a page as it was left.
  savePage(pathname, search);
  const [open, show] = useState<Panel | null>(null);
  const offline = useIsOffline();
  const setOpen = (panel: Panel | null) =>
    panel === 'create' && offline ? toaster.show(t('live.readOnly'), 'problem') : show(panel);
  const { alerts, waiting, isSuccess } = useAlerts();
  useChime(alerts, isSuccess);
  usePaletteAtHand();
  const close = () => setOpen(null);
  useHotkeys([
    ['mod+K', () => setOpen('palette')],
    ['shift+?', () => setOpen('shortcuts')],
    ['C', () => mayDispatch && setOpen('create')],
    ['G', () => setOpen('alerts')],
    ['P', () => void navigate(pageAddress('/plan'))],
  ]);
  // The palette also opens while a field has the focus.
  useHotkeys([['mod+K', () => setOpen('palette')]], []);
  return (
    <div className={classes.frame}>
      <header className={classes.header}>
        <Link to={pageAddress('/')} className={classes.brand} aria-label="Doorstep">
          <Logo />
          <span>Doorstep</span>
        </Link>
        <nav className={classes.nav} aria-label={t('nav.label')}>
          {role === 'quality_manager' && (
            <NavLink to="/quality" aria-label={t('account:quality.nav')}>
              <IconShieldCheck size={18} aria-hidden />
              <span>{t('account:quality.nav')}</span>
            </NavLink>
          )}
          <NavLink to={pageAddress('/')} end aria-label={t('nav.map')}>
            <IconMap2 size={18} aria-hidden />
            <span>{t('nav.map')}</span>
          </NavLink>
          <NavLink to={pageAddress('/board')} aria-label={t('nav.board')}>
            <IconLayoutBoard size={18} aria-hidden />
            <span>{t('nav.board')}</span>
          </NavLink>
          <NavLink to={pageAddress('/plan')} aria-label={t('nav.plan')}>
            <IconRoute size={18} aria-hidden />
            <span>{t('nav.plan')}</span>
          </NavLink>
          <NavLink to={pageAddress('/sheet')} aria-label={t('nav.sheet')}>
            <IconPrinter size={18} aria-hidden />
            <span>{t('nav.sheet')}</span>
          </NavLink>
          <NavLink to="/setup" aria-label={t('nav.setup')}>
            <IconSettings size={18} aria-hidden />
            <span>{t('nav.setup')}</span>
          </NavLink>
        </nav>
        <span className={classes.space} />
        <button type="button" className={classes.search} onClick={() => setOpen('palette')}>
          <IconSearch size={16} aria-hidden />
          <span>{t('palette.open')}</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </button>
        <LiveClock />
        <Tooltip label={t('shortcuts.title')}>
          <ActionIcon
            className={classes.wide}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('shortcuts.title')}
            onClick={() => setOpen('shortcuts')}
          >
            <IconKeyboard size={20} />
          </ActionIcon>
        </Tooltip>
        <Indicator label={waiting} size={16} disabled={waiting === 0} color="red" offset={5}>
          <Tooltip label={t('alerts.title')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('alerts.open', { count: waiting })}
              onClick={() => setOpen(open === 'alerts' ? null : 'alerts')}
              aria-expanded={open === 'alerts'}
            >
              <IconBell size={20} />
            </ActionIcon>
          </Tooltip>
        </Indicator>
        {mayDispatch && (
          <>
            <OnlineButton
              className={classes.wide}
              size="xs"
              leftSection={<IconPlus size={16} />}
              onClick={() => setOpen('create')}
            >
              {t('create.open')}
            </OnlineButton>
            <ActionIcon
              hiddenFrom="xs"
              size="lg"
              disabled={offline}
              title={offline ? t('common:failure.offline') : undefined}
              aria-label={t('create.open')}
              onClick={() => setOpen('create')}
            >
              <IconPlus size={20} />
            </ActionIcon>
          </>
        )}
        <PersonMenu />
      </header>
      <StaleBanner />
      {areaIds?.length === 0 && (
        <Alert color="yellow" role="status">
          {t('account:noAreas')}
        </Alert>
      )}
      <main className={classes.body}>
        <PanelContext value={setOpen}>
          <LazyBoundary page={pathname.split('/')[1]}>{children}</LazyBoundary>
        </PanelContext>
        <LazyBoundary dialog>{open === 'alerts' && <AlertsPane onClose={close} />}</LazyBoundary>
      </main>
      {open === 'palette' && <CommandPalette onClose={close} onOpen={setOpen} />}
      <LazyBoundary dialog page={open ?? undefined}>
        {open === 'shortcuts' && <Shortcuts onClose={close} />}
        {open === 'create' && <CreateJob onClose={close} />}
      </LazyBoundary>
    </div>
  );
}
