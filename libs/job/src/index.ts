export { ATTENTIONS, type Attention, wantsAttention } from './desk/attention.js';
export { CustomerErasureService } from './desk/customer-erasure.service.js';
export { JobView, viewJob } from './desk/job.view.js';
export { JobCountsService } from './desk/job-counts.service.js';
export { ArrivalWatchService } from './field/arrival-watch.service.js';
export { JobCommandsService, type VerbCommand } from './field/job-commands.service.js';
export { JobAccessService } from './http/job-access.service.js';
export { NewJob } from './intake/job-fields.dto.js';
export { JobIntakeService } from './intake/job-intake.service.js';
export {
  type JobCreated,
  type JobStepped,
  type JobUpdated,
  jobCreated,
  jobFacts,
  jobUpdated,
  proofAdded,
} from './job.facts.js';
export { JobModule } from './job.module.js';
export { jobStage } from './job.stage.js';
export { Job, type RequiredSkill } from './lifecycle/job.entity.js';
export { JobFinderService } from './lifecycle/job-finder.service.js';
export {
  type ChangeEffect,
  type JobChange,
  type JobFollower,
  JobFollowersService,
  type JobStep,
  type VisitEffect,
} from './lifecycle/job-followers.service.js';
export {
  eventsFor,
  FAIL_REASONS,
  type FailReason,
  HELD_STATES,
  JOB_EDGES,
  JOB_EVENTS,
  JOB_STATES,
  type JobActor,
  type JobEdge,
  type JobEvent,
  type JobState,
  mayFire,
  nextState,
  OPEN_STATES,
  PLACEABLE_STATES,
  TERMINAL_STATES,
} from './lifecycle/job-states.js';
export { type JobDraft, JobsService, type Transition } from './lifecycle/jobs.service.js';
