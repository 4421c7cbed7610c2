import type { DeskAlert } from '../../api/types';

export type AlertKind = DeskAlert['kind'];

/** From the worst to the mildest. */
const KINDS = [
  'log_broken',
  'log_stalled',
  'fact_parked',
  'alerts_incomplete',
  'unfulfilled',
  'cannot_come',
  'arrival_at_risk',
  'unassigned_long',
  'conflict',
  'worker_silent',
  'round_truncated',
] as const satisfies AlertKind[];

export interface AlertGroup {
  kind: AlertKind;
  alerts: DeskAlert[];
}

/** One group a kind; in it what is critical first, then the latest arrival or the longest wait. */
export function groupAlerts(
  alerts: readonly DeskAlert[],
  isCritical: (alert: DeskAlert) => boolean,
): AlertGroup[] {
  const worstFirst = (a: DeskAlert, b: DeskAlert) =>
    Number(isCritical(b)) - Number(isCritical(a)) ||
    (b.seconds ?? 0) - (a.seconds ?? 0) ||
    a.since.localeCompare(b.since);
  return KINDS.map((kind) => ({
    kind,
    alerts: alerts.filter((alert) => alert.kind === kind).sort(worstFirst),
  })).filter((group) => group.alerts.length > 0);
}

/** Where a keyboard goes on when `gone` leave a list: to what followed them, else to what stood before. */
export function neighbourOf(keys: readonly string[], gone: ReadonlySet<string>): string | undefined {
  const last = keys.findLastIndex((key) => gone.has(key));
  const stays = (key: string) => !gone.has(key);
  return keys.slice(last + 1).find(stays) ?? keys.slice(0, last + 1).findLast(stays);
}
