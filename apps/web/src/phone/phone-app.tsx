import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import type { Me } from '../api/types';
import LoginPage from '../session/login-page';
import RolePage from '../session/role-page';
import { useSession } from '../session/use-session';
import { LazyBoundary } from '../ui/lazy-boundary';
import { PageSpinner } from '../ui/page-spinner';
import { Toasts } from '../ui/toasts';
import { applyTextSize, readTextSize } from './device/text-size';
import { useAppUpdate } from './device/use-app-update';
import { JobPage } from './job/job-page';
import { QuestionsPage } from './pages/questions-page';
import { RecordPage } from './pages/record-page';
import { SettingsPage } from './pages/settings-page';
import { TodayPage } from './pages/today-page';
import { WeekPage } from './pages/week-page';
import classes from './phone.module.css';
import { PhoneFrame } from './phone-frame';
import { Phone } from './state/phone';
import { PhoneContext } from './state/phone-context';
import { readUnsentCount } from './state/unsent-count';

/** The worker's phone. It opens without a line, for whoever was signed in here last. */
export default function PhoneApp() {
  const session = useSession();
  const update = useAppUpdate();
  useEffect(() => {
    applyTextSize(readTextSize());
    return () => applyTextSize(null);
  }, []);
  if (session.state === 'starting') return <PageSpinner />;
  if (session.state === 'signed_out') return <SignedOut />;
  if (!session.me.workerId) return <RolePage />;
  return <Person key={`${session.me.organization.id}/${session.me.id}`} me={session.me} update={update} />;
}

function SignedOut() {
  const { t } = useTranslation('phone');
  const [count] = useState(readUnsentCount);
  return (
    <>
      {count > 0 && (
        <div className={`${classes.line} ${classes.warn}`} style={{ margin: '0.75rem' }} role="status">
          <span aria-hidden>●</span>
          <span>{t('login.kept', { count })}</span>
        </div>
      )}
      <LoginPage />
    </>
  );
}

function Person({ me, update }: { me: Me; update: (() => void) | null }) {
  const { pathname } = useLocation();
  const [phone, setPhone] = useState<Phone | null>(null);
  useEffect(() => {
    const made = new Phone(me);
    setPhone(made);
    void made.start();
    return () => made.stop();
  }, [me]);
  if (!phone) return <PageSpinner />;
  return (
    <PhoneContext.Provider value={phone}>
      <PhoneFrame update={update}>
        <LazyBoundary page={pathname}>
          <Routes>
            <Route index element={<TodayPage />} />
            <Route path="job/:id" element={<JobPage />} />
            <Route path="week" element={<WeekPage />} />
            <Route path="record" element={<RecordPage />} />
            <Route path="settings" element={<SettingsPage />} />
            <Route path="questions" element={<QuestionsPage />} />
            <Route path="*" element={<Navigate to="/phone" replace />} />
          </Routes>
        </LazyBoundary>
      </PhoneFrame>
      <div className={classes.toasts}>
        <Toasts />
      </div>
    </PhoneContext.Provider>
  );
}
