import { useQuery } from '@tanstack/react-query';
import { call, type Page } from '../../api/call';
import type { DeskAlert } from '../../api/types';
import { businessClock } from '../../live/business-clock';

const LOOK_AGAIN_MS = 30_000;

/** Resting: somebody has seen it, or asked to be left alone with it for a while. */
export const isResting = (alert: DeskAlert, now: number): boolean =>
  Boolean(alert.acknowledgedBy) || (alert.snoozedUntil ? Date.parse(alert.snoozedUntil) > now : false);

export function useAlerts() {
  const query = useQuery({
    queryKey: ['alerts'],
    queryFn: () => call<Page<DeskAlert>>('GET', '/alerts'),
    // Some grow out of time alone, which no fact tells.
    refetchInterval: LOOK_AGAIN_MS,
  });
  const alerts = query.data?.items ?? [];
  const now = businessClock.now();
  return { ...query, alerts, waiting: alerts.filter((alert) => !isResting(alert, now)).length };
}
