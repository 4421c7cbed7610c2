import { JobNote } from './desk/job-note.entity.js';
import { Job } from './job.entity.js';
import { OperationConflict } from './offline/conflict.entity.js';
import { ProofItem } from './proof/proof-item.entity.js';

export { CustomerErasure } from './desk/customer-erasure.service.js';
export { JobView, viewJob } from './desk/job.view.js';
export { JobCounts } from './desk/job-counts.service.js';
export { ArrivalWatch } from './field/arrival-watch.js';
export { JobCommands, type VerbCommand } from './field/job-commands.service.js';
export { JobAccess } from './http/job-access.js';
export { NewJob } from './intake/job-fields.dto.js';
export { JobIntake } from './intake/job-intake.service.js';
export { Job, type ProofKind, type RequiredSkill } from './job.entity.js';
export {
  conflictParked,
  conflictResolved,
  type JobCreated,
  type JobStepped,
  type JobUpdated,
  jobCreated,
  jobFacts,
  jobUpdated,
  proofAdded,
} from './job.facts.js';
export { JobModule } from './job.module.js';
export {
  type ChangeEffect,
  type JobChange,
  type JobFollower,
  JobFollowers,
  type JobStep,
  type VisitEffect,
} from './job-followers.js';
export { type JobDraft, Jobs, type Transition } from './jobs.service.js';
export { type OfflineWork, OperationKinds } from './offline/operation-kinds.js';
export { ATTENTIONS, type Attention, wantsAttention } from './rules/attention.js';
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
} from './rules/job-states.js';

export const jobEntities = [Job, JobNote, ProofItem, OperationConflict];
