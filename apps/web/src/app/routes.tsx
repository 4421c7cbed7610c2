import { type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { preloadPage } from '../desk/pages';
import { withTexts } from '../i18n';
import { isOffice } from '../session/home';
import { useSession } from '../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import { PageSpinner } from '../ui/page-spinner';

const Desk = lazyWithRetry(() => withTexts(import('../desk/desk-app'), 'desk', 'account'));
const Phone = lazyWithRetry(() => withTexts(import('../phone/phone-app'), 'phone'));
const Login = lazyWithRetry(() => import('../session/login-page'));

/** Fetches what this address will most likely show, while the server is still asked who is there. */
export function preloadRoute(pathname: string): void {
  if (pathname.startsWith('/login')) Login.preload();
  else if (pathname.startsWith('/phone')) Phone.preload();
  else {
    Desk.preload();
    preloadPage(pathname);
  }
}

/** People in the field land on the phone pages. */
function Office({ children }: { children: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  if (session.state === 'starting') return <PageSpinner />;
  if (session.state === 'signed_out')
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  if (session.me && !isOffice(session.me)) return <Navigate to="/phone" replace />;
  return children;
}

export function AppRoutes() {
  return (
    <LazyBoundary>
      <Routes>
        <Route path="/login" element={<Login />} />
        {/* The phone works without a line, so it looks after its own log-in. */}
        <Route path="/phone/*" element={<Phone />} />
        <Route
          path="/*"
          element={
            <Office>
              <Desk />
            </Office>
          }
        />
      </Routes>
    </LazyBoundary>
  );
}
