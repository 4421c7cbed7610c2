import {
  type Icon,
  IconAdjustments,
  IconCertificate,
  IconDevices,
  IconFileImport,
  IconKey,
  IconPolygon,
  IconRoute,
  IconStethoscope,
  IconTools,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router';
import { can } from '../session/can';
import { useMe } from '../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import classes from './setup.module.css';

interface SetupPage {
  path: string;
  icon: Icon;
  /** Action and subject; without them it is open to the whole office. */
  needs?: [action: string, subject: string];
  page: ComponentType;
}

/** The set-up pages, and who may open them; what a reader may not change is shown without its buttons. */
const PAGES: readonly SetupPage[] = [
  {
    path: 'workers',
    icon: IconUsers,
    page: lazyWithRetry(() => import('./workers/workers-page')),
  },
  {
    path: 'skills',
    icon: IconCertificate,
    page: lazyWithRetry(() => import('./skills/skills-page')),
  },
  {
    path: 'services',
    icon: IconTools,
    page: lazyWithRetry(() => import('./services/services-page')),
  },
  {
    path: 'areas',
    icon: IconPolygon,
    page: lazyWithRetry(() => import('./areas/areas-routes')),
  },
  {
    path: 'import-jobs',
    icon: IconFileImport,
    needs: ['create', 'Job'],
    page: lazyWithRetry(() => import('./import/import-jobs-page')),
  },
  {
    path: 'dispatch-policies',
    icon: IconRoute,
    page: lazyWithRetry(() => import('./dispatch-policies/policies-page')),
  },
  {
    path: 'policy',
    icon: IconAdjustments,
    page: lazyWithRetry(() => import('./policy-page')),
  },
  { path: 'users', icon: IconUserShield, page: lazyWithRetry(() => import('./users-page')) },
  {
    path: 'api-keys',
    icon: IconKey,
    needs: ['read', 'ApiKey'],
    page: lazyWithRetry(() => import('./api-keys-page')),
  },
  {
    path: 'system',
    icon: IconStethoscope,
    needs: ['read', 'System'],
    page: lazyWithRetry(() => import('./system-page')),
  },
  {
    path: 'sessions',
    icon: IconDevices,
    page: lazyWithRetry(() => import('./sessions-page')),
  },
];

export default function SetupApp() {
  const { t } = useTranslation('setup');
  const me = useMe();
  const { pathname } = useLocation();
  const pages = PAGES.filter(({ needs }) => !needs || can(me, ...needs));
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label={t('title')}>
        {pages.map(({ path, icon: Icon }) => (
          <NavLink key={path} to={`/setup/${path}`}>
            <Icon size={18} aria-hidden />
            {t(`nav.${path}`)}
          </NavLink>
        ))}
      </nav>
      <section
        className={classes.content}
        aria-label={t('title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <LazyBoundary page={pathname.split('/')[2]}>
          <Routes>
            {pages.map(({ path, page: Page }) => (
              <Route key={path} path={`${path}/*`} element={<Page />} />
            ))}
            <Route path="*" element={<Navigate to="/setup/workers" replace />} />
          </Routes>
        </LazyBoundary>
      </section>
    </div>
  );
}
