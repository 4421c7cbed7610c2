import { type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { isOffice } from '../session/home';
import { useSession } from '../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import { PageSpinner } from '../ui/page-spinner';

const Desk = lazyWithRetry(() => import('../desk/desk-app'));
const Phone = lazyWithRetry(() => import('../phone/phone-app'));
const Login = lazyWithRetry(() => import('../session/login-page'));

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
