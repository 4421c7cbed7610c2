import {
  IconAdjustments,
  IconDevices,
  IconKey,
  IconPolygon,
  IconRoute,
  IconTools,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Route, Routes } from 'react-router';
import type { Role } from '../api/types';
import { useMe } from '../session/use-session';
import { Waiting } from '../ui/waiting';
import classes from './setup.module.css';

const OFFICE: Role[] = ['admin', 'dispatcher', 'quality_manager', 'area_manager', 'auditor'];

/** The set-up pages, and who may open them; what a reader may not change is shown without its buttons. */
const PAGES = [
  { path: 'workers', icon: IconUsers, roles: OFFICE, page: lazy(() => import('./workers/workers-page')) },
  { path: 'services', icon: IconTools, roles: OFFICE, page: lazy(() => import('./services/services-page')) },
  { path: 'areas', icon: IconPolygon, roles: OFFICE, page: lazy(() => import('./areas/areas-page')) },
  {
    path: 'dispatch-policies',
    icon: IconRoute,
    roles: OFFICE,
    page: lazy(() => import('./dispatch-policies/policies-page')),
  },
  { path: 'policy', icon: IconAdjustments, roles: OFFICE, page: lazy(() => import('./policy-page')) },
  { path: 'users', icon: IconUserShield, roles: OFFICE, page: lazy(() => import('./users-page')) },
  {
    path: 'api-keys',
    icon: IconKey,
    roles: ['admin', 'auditor'] as Role[],
    page: lazy(() => import('./api-keys-page')),
  },
  { path: 'sessions', icon: IconDevices, roles: OFFICE, page: lazy(() => import('./sessions-page')) },
] as const;

export default function SetupApp() {
  const { t } = useTranslation('setup');
  const { role } = useMe();
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
        <Suspense fallback={<Waiting />}>
          <Routes>
            {pages.map(({ path, page: Page }) => (
              <Route key={path} path={`${path}/*`} element={<Page />} />
            ))}
            <Route path="*" element={<Navigate to="/setup/workers" replace />} />
          </Routes>
        </Suspense>
      </section>
    </div>
  );
}
