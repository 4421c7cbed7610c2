import { JOB_STATES, type JobState } from '#libs/job/src/lifecycle/job-states';
import type { WorkerStatus } from '../../api/types';
import { WORKER_STATUSES } from '../view/view-state';

/** The colours of the page, as the map needs them. */
export interface Palette {
  ground: string;
  land: string;
  line: string;
  ink: string;
  inkSoft: string;
  surface: string;
  accent: string;
  bad: string;
  state: Record<JobState, string>;
  status: Record<WorkerStatus, string>;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: of('--map-ground'),
    land: of('--map-line'),
    line: of('--line'),
    ink: of('--ink'),
    inkSoft: of('--ink-soft'),
    surface: of('--surface'),
    accent: of('--accent'),
    bad: of('--bad'),
    state: Object.fromEntries(JOB_STATES.map((s) => [s, of(`--state-${s}`)])) as Palette['state'],
    status: Object.fromEntries(WORKER_STATUSES.map((s) => [s, of(`--status-${s}`)])) as Palette['status'],
  };
}

/** `#rrggbb` or `#rgb` as 0..1 red, green, blue. */
export function rgb(hex: string): [number, number, number] {
  const digits = hex.replace('#', '');
  const n = Number.parseInt(digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits, 16);
  return [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
