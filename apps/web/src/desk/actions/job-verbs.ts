import { eventsFor, type JobActor, type JobState, TERMINAL_STATES } from '#libs/job/src/lifecycle/job-states';
import type { Job, Role } from '../../api/types';
import { type DeskStep, STEP_ROUTES } from './send-verb';

/** The steps that have a button now. The desk assigns and offers through the candidates. */
export const stepsFor = (job: Job, role: Role): DeskStep[] =>
  eventsFor(job, role as JobActor).filter((event): event is DeskStep => event in STEP_ROUTES);

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
