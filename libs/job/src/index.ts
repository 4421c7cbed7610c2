import { Job } from './job.entity.js';

export { Job, type ProofKind, type RequiredSkill } from './job.entity.js';
export {
  type JobCreated,
  type JobStepped,
  type JobUpdated,
  jobCreated,
  jobFacts,
  jobUpdated,
} from './job.facts.js';
export { JobModule } from './job.module.js';
export { type JobDraft, Jobs, type Transition } from './jobs.service.js';
export {
  eventsFor,
  FAIL_REASONS,
  type FailReason,
  HELD_STATES,
  JOB_EDGES,
  JOB_EVENTS,
  JOB_STATES,
  type JobActor,
  type JobEvent,
  type JobState,
  mayFire,
  nextState,
  OPEN_STATES,
  TERMINAL_STATES,
} from './rules/job-states.js';

export const jobEntities = [Job];
