import { useEffect, useState, useSyncExternalStore } from 'react';
import { businessClock } from './business-clock';
import { live } from './live-client';

export const useLiveStatus = () => useSyncExternalStore(live.subscribeStatus, live.getStatus);

/** Business time, looked at every `everyMs` of wall time. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(businessClock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(businessClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
