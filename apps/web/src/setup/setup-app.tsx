import {
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
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router';
import type { Role } from '../api/types';
import { useMe } from '../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import classes from './setup.module.css';

const OFFICE: Role[] = ['admin', 'dispatcher', 'quality_manager', 'area_manager', 'auditor'];

/** The set-up pages, and who may open them; what a reader may not change is shown without its buttons. */
const PAGES = [
  {
    path: 'workers',
    icon: IconUsers,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./workers/workers-page')),
  },
  {
    path: 'skills',
    icon: IconCertificate,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./skills/skills-page')),
  },
  {
    path: 'services',
    icon: IconTools,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./services/services-page')),
  },
  {
    path: 'areas',
    icon: IconPolygon,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./areas/areas-routes')),
  },
  {
    path: 'import-jobs',
    icon: IconFileImport,
    roles: ['admin', 'dispatcher', 'area_manager'] as Role[],
    page: lazyWithRetry(() => import('./import/import-jobs-page')),
  },
  {
    path: 'dispatch-policies',
    icon: IconRoute,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./dispatch-policies/policies-page')),
  },
  {
    path: 'policy',
    icon: IconAdjustments,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./policy-page')),
  },
  { path: 'users', icon: IconUserShield, roles: OFFICE, page: lazyWithRetry(() => import('./users-page')) },
  {
    path: 'api-keys',
    icon: IconKey,
    roles: ['admin', 'auditor'] as Role[],
    page: lazyWithRetry(() => import('./api-keys-page')),
  },
  {
    path: 'system',
    icon: IconStethoscope,
    roles: ['admin'] as Role[],
    page: lazyWithRetry(() => import('./system-page')),
  },
  {
    path: 'sessions',
    icon: IconDevices,
    roles: OFFICE,
    page: lazyWithRetry(() => import('./sessions-page')),
  },
] as const;

export default function SetupApp() {
  const { t } = useTranslation('setup');
  const { role } = useMe();
  const { pathname } = useLocation();
  const pages = PAGES.filter((page) => page.roles.includes(role));
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
