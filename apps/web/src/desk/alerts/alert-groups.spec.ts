import type { DeskAlert } from '../../api/types';
import { groupAlerts, neighbourOf } from './alert-groups';

const alert = (kind: string, key: string, minutesAgo: number, seconds: number | null = null): DeskAlert =>
  ({
    key,
    kind,
    seconds,
    since: new Date(Date.UTC(2026, 0, 1, 12) - minutesAgo * 60_000).toISOString(),
  }) as DeskAlert;
const keysOf = (alerts: DeskAlert[], critical: string[] = []) =>
  groupAlerts(alerts, ({ key }) => critical.includes(key)).map(({ kind, alerts: within }) => [
    kind,
    ...within.map(({ key }) => key),
  ]);

describe('the alerts', () => {
  it('are one group a kind, the worst kind first', () => {
    expect(
      keysOf([alert('worker_silent', 'a', 1), alert('unfulfilled', 'b', 1), alert('worker_silent', 'c', 2)]),
    ).toEqual([
      ['unfulfilled', 'b'],
      ['worker_silent', 'c', 'a'],
    ]);
  });

  it('stand with what is critical first, then the longest wait or the latest arrival', () => {
    const waits = [alert('unassigned_long', 'short', 5, 300), alert('unassigned_long', 'long', 50, 3_000)];
    expect(keysOf(waits)).toEqual([['unassigned_long', 'long', 'short']]);
    expect(keysOf(waits, ['short'])).toEqual([['unassigned_long', 'short', 'long']]);
    const late = [alert('arrival_at_risk', 'mild', 50, 60), alert('arrival_at_risk', 'late', 5, 900)];
    expect(keysOf(late)).toEqual([['arrival_at_risk', 'late', 'mild']]);
  });

  it('lead on to the next one, or the one before', () => {
    const keys = ['a', 'b', 'c'];
    expect(neighbourOf(keys, new Set(['a', 'b']))).toBe('c');
    expect(neighbourOf(keys, new Set(['c']))).toBe('b');
    expect(neighbourOf(keys, new Set(keys))).toBeUndefined();
  });
});
