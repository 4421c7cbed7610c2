import { useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { liveSync } from '../store/live-sync';
import { useStore } from '../store/use-store';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import { Toasts } from '../ui/toasts';
import { unsaved } from '../ui/unsaved';
import { confirming } from './actions/confirming';
import { conflicts } from './actions/conflicts';
import { DeskFrame } from './frame/desk-frame';
import { MapPage } from './map-page';
import { BoardPage, PlanPage, QualityPage, RunSheetPage, SetupPages } from './pages';
import { usePlanFacts } from './plan/use-plan';
import { WhenLoaded } from './when-loaded';

const ConfirmDialog = lazyWithRetry(() => import('./actions/confirm-dialog'));
const ConflictDialog = lazyWithRetry(() => import('./actions/conflict-dialog'));
const UnsavedDialog = lazyWithRetry(() => import('../ui/unsaved-dialog'));

/** The dispatcher's half: one frame, and in it the map, the board or the day sheet. */
export default function DeskApp() {
  const conflict = useStore(conflicts);
  const question = useStore(confirming);
  const leaving = useStore(unsaved);
  const { loaded, failed } = useStore(liveSync);
  useEffect(() => {
    liveSync.start();
    return () => liveSync.stop();
  }, []);
  usePlanFacts();
  return (
    <>
      <DeskFrame>
        <Routes>
          <Route path="/" element={<MapPage />} />
          <Route element={<WhenLoaded />}>
            <Route path="/board" element={<BoardPage />} />
            <Route path="/plan" element={<PlanPage />} />
            <Route path="/sheet" element={<RunSheetPage />} />
          </Route>
          <Route path="/quality" element={<QualityPage />} />
          <Route path="/setup/*" element={<SetupPages />} />
          <Route path="*" element={<MapPage />} />
        </Routes>
      </DeskFrame>
      {conflict && (
        <LazyBoundary dialog>
          <ConflictDialog conflict={conflict} />
        </LazyBoundary>
      )}
      {question && (
        <LazyBoundary dialog>
          <ConfirmDialog question={question} />
        </LazyBoundary>
      )}
      {leaving && (
        <LazyBoundary dialog>
          <UnsavedDialog />
        </LazyBoundary>
      )}
      {(loaded || failed !== null) && <Toasts />}
    </>
  );
}
