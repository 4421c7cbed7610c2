import { useSyncExternalStore } from 'react';
import { Outlet } from 'react-router';
import { liveSync, reload } from '../store/live-sync';
import { Failure } from '../ui/failure';
import { PageSpinner } from '../ui/page-spinner';

/** The pages that wait for what the desk is about: before the areas are known nobody can say what time of day it is there. */
export function WhenLoaded() {
  const { loaded, failed } = useSyncExternalStore(liveSync.subscribe, liveSync.get);
  if (loaded) return <Outlet />;
  return failed ? <Failure error={failed} retry={() => void reload()} /> : <PageSpinner />;
}
