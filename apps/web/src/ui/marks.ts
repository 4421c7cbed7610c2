import type { JobState } from '#libs/job/src/lifecycle/job-states';
import type { WorkerStatus } from '../api/types';

/**
 * The one language of shapes on list, map, board and badges: a state is told by its shape and by its colour
 * (`--state-…`, `--status-…` in tokens.css), never by the colour alone. Each is an SVG path in a box of 24, holes by the
 * even-odd rule.
 */
const DISC = 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Z';
const ring = (inner: number): string =>
  `${DISC}M12 ${12 - inner}a${inner} ${inner} 0 1 0 0 ${2 * inner}a${inner} ${inner} 0 1 0 0-${2 * inner}Z`;
const dot = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0Z`;

export const JOB_MARKS: Record<JobState, string> = {
  /** A hollow ring: nobody is there. */
  unassigned: ring(6),
  /** A speech bubble: somebody is being asked. */
  offering: `M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-7l-6 6v-6H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z${dot(7.2, 10, 1.9)}${dot(12, 10, 1.9)}${dot(16.8, 10, 1.9)}`,
  /** A person. */
  assigned: `${dot(12, 7, 5)}M2.5 22a9.5 8.5 0 0 1 19 0Z`,
  /** An arrow on its way. */
  en_route: 'M3 2L23 12L3 22L8 12Z',
  /** A house with a door. */
  arrived: 'M12 1L23.5 12H20.5V22.5H3.5V12H.5ZM9.7 14v8.5h4.6V14Z',
  /** Half done. */
  in_progress: `${ring(7.2)}M12 4.8a7.2 7.2 0 0 1 0 14.4Z`,
  paused: 'M4 2h6v20H4ZM14 2h6v20h-6Z',
  completed: `${DISC}M10.5 17.6L5.2 12.3L7.6 9.9L10.5 12.8L16.4 6.9L18.8 9.3Z`,
  closed: 'M9.2 21L.8 12.6L4.2 9.2L9.2 14.2L19.8 3.6L23.2 7Z',
  /** A stop sign with a cross. */
  failed:
    'M7.5 1.5h9L22.5 7.5v9L16.5 22.5h-9L1.5 16.5v-9ZM12 9.5L8.6 6.1L6.1 8.6L9.5 12L6.1 15.4L8.6 17.9L12 14.5L15.4 17.9L17.9 15.4L14.5 12L17.9 8.6L15.4 6.1Z',
  /** Crossed out. */
  cancelled: `${ring(7.6)}M6 7.9L7.9 6L18 16.1L16.1 18Z`,
  /** A warning: nobody was found. */
  unfulfilled: 'M12 1.5L23.8 22.5H.2ZM10.6 8.6v7h2.8v-7ZM10.6 17.2v2.8h2.8v-2.8Z',
};

/** Plain shapes, unlike any job's; `workers-program` draws the same on the graphics card. */
export const WORKER_MARKS: Record<WorkerStatus, string> = {
  available: DISC,
  busy: 'M2.5 2.5h19v19h-19Z',
  on_break: 'M12 .5L23.5 12L12 23.5L.5 12Z',
  off_duty: 'M12 1.5L23.5 21.5H.5Z',
  suspended:
    'M.8 5.4L5.4.8L12 7.4L18.6.8L23.2 5.4L16.6 12L23.2 18.6L18.6 23.2L12 16.6L5.4 23.2L.8 18.6L7.4 12Z',
};

export const MARK_BOX = 24;
