import { useEffect, useSyncExternalStore } from 'react';
import { Route, Routes } from 'react-router';
import { lazyPart, Part } from '../ui/part';
import { Toasts } from '../ui/toasts';
import { unsaved } from '../ui/unsaved';
import { feed } from '../world/feed';
import { confirming } from './actions/confirming';
import { conflicts } from './actions/conflicts';
import { DeskFrame } from './frame/desk-frame';
import { MapPage } from './map-page';
import { BoardPage, PlanPage, QualityPage, SetupPages, SheetPage } from './pages';
import { usePlanFacts } from './plan/use-plan';
import { WhenLoaded } from './when-loaded';

const ConfirmDialog = lazyPart(() => import('./actions/confirm-dialog'));
const ConflictDialog = lazyPart(() => import('./actions/conflict-dialog'));
const UnsavedDialog = lazyPart(() => import('../ui/unsaved-dialog'));

/** The dispatcher's half: one frame, and in it the map, the board or the day sheet. */
export default function DeskApp() {
  const conflict = useSyncExternalStore(conflicts.subscribe, conflicts.get);
  const question = useSyncExternalStore(confirming.subscribe, confirming.get);
  const leave = useSyncExternalStore(unsaved.subscribe, unsaved.get);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
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
            <Route path="/sheet" element={<SheetPage />} />
          </Route>
          <Route path="/quality" element={<QualityPage />} />
          <Route path="/setup/*" element={<SetupPages />} />
          <Route path="*" element={<MapPage />} />
        </Routes>
      </DeskFrame>
      {conflict && (
        <Part dialog>
          <ConflictDialog conflict={conflict} />
        </Part>
      )}
      {question && (
        <Part dialog>
          <ConfirmDialog question={question} />
        </Part>
      )}
      {leave && (
        <Part dialog>
          <UnsavedDialog onLeave={leave} />
        </Part>
      )}
      <Toasts />
    </>
  );
}
