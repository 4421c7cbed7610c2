import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../api/api';
import type { DeskAlert } from '../../api/types';
import { chime } from './chime';

const LOOK_AGAIN_MS = 30_000;
const NONE: DeskAlert[] = [];

export function useAlerts() {
  const query = useQuery({
    queryKey: ['alerts'],
    queryFn: () => api.get('/alerts'),
    // Some grow out of time alone, which no fact tells.
    refetchInterval: LOOK_AGAIN_MS,
  });
  const alerts = query.data?.items ?? NONE;
  return { ...query, alerts, waiting: alerts.filter((alert) => alert.state === 'open').length };
}

/** One sound when something new waits; what was there before the page opened stays quiet. */
export function useChime(alerts: readonly DeskAlert[], loaded: boolean): void {
  const heard = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!loaded) return;
    const open = alerts.filter((alert) => alert.state === 'open').map((alert) => alert.key);
    if (heard.current && open.some((key) => !heard.current!.has(key))) chime();
    heard.current = new Set([...(heard.current ?? []), ...open]);
  }, [alerts, loaded]);
}
