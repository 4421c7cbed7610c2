import { useEffect, useState, useSyncExternalStore } from 'react';
import { businessClock } from './business-clock';
import { live } from './live-client';

export const useLiveStatus = () => useSyncExternalStore(live.subscribeStatus, live.getStatus);

/**
 * Nothing can be sent now. Where a live line never came about (a proxy that lets only requests through) there may still
 * be a way for those.
 */
export function useIsOffline(): boolean {
  const { state, asOf } = useLiveStatus();
  return (state === 'stale' && asOf > 0) || !navigator.onLine;
}

/** Business time, looked at every `everyMs` of wall time. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(businessClock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(businessClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
