import { type JobEvent, type JobState, TERMINAL_STATES } from '#libs/job/src/lifecycle/job-states';

/** What the desk does through the candidates, or what only the system does. */
export const ELSEWHERE: ReadonlySet<JobEvent> = new Set(['offer', 'withdraw', 'assign', 'expire', 'close']);

/** What a form may still change of a job. */
export const mayChange = ({ state }: { state: JobState }) => ({
  all: !TERMINAL_STATES.includes(state),
  time: BEFORE_THE_DOOR.includes(state),
});

const BEFORE_THE_DOOR: readonly JobState[] = [
  'unassigned',
  'offering',
  'assigned',
  'en_route',
  'unfulfilled',
  'failed',
];
