import { Outlet } from 'react-router';
import { liveSync, reload } from '../store/live-sync';
import { useStore } from '../store/use-store';
import { Failure } from '../ui/failure';
import { PageSpinner } from '../ui/page-spinner';

/** The pages that wait for what the desk is about: before the areas are known nobody can say what time of day it is there. */
export function WhenLoaded() {
  const { loaded, failed } = useStore(liveSync);
  if (loaded) return <Outlet />;
  return failed ? <Failure error={failed} retry={() => void reload()} /> : <PageSpinner />;
}
