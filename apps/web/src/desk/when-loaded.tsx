import { useSyncExternalStore } from 'react';
import { Outlet } from 'react-router';
import { Failure } from '../ui/failure';
import { Waiting } from '../ui/waiting';
import { feed, reload } from '../world/feed';

/** The pages that wait for what the desk is about: before the areas are known nobody can say what time of day it is there. */
export function WhenLoaded() {
  const { loaded, failed } = useSyncExternalStore(feed.subscribe, feed.get);
  if (loaded) return <Outlet />;
  return failed ? <Failure error={failed} retry={() => void reload()} /> : <Waiting />;
}
