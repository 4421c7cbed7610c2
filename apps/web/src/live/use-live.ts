import { useEffect, useState } from 'react';
import { useStore } from '../store/use-store';
import { businessClock } from './business-clock';
import { type LiveStatus, live } from './live-client';

export const useLiveStatus = () => useStore(live.status);

/**
 * Nothing can be sent now. Where a live line never came about (a proxy that lets only requests through) there may still
 * be a way for those.
 */
const isOffline = ({ state, asOf }: LiveStatus): boolean =>
  (state === 'stale' && asOf > 0) || !navigator.onLine;

export const isOfflineNow = (): boolean => isOffline(live.status.get());
export const useIsOffline = (): boolean => isOffline(useLiveStatus());

/** Business time, looked at every `everyMs` of wall time. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(businessClock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(businessClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
