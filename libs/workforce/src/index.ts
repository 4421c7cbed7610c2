import { Shift, ShiftException, TimeOff } from './shift.entity.js';
import { Skill } from './skills/skill.entity.js';
import { Worker, WorkerSkill } from './worker.entity.js';

export type { Candidate, CandidateQuery, HeldSkill, LatestPosition } from './candidate.js';
export { HoursService } from './hours/hours.service.js';
export { PositionIngest } from './positions/position-ingest.js';
export { type WorkerMoved, WorkerMoves } from './positions/worker-moves.js';
export { type PromisedVisit, PromisedVisits, type WorkerFollower } from './promised-visits.js';
export { type Schedule, shiftIntervals } from './rules/shift-intervals.js';
export { isOnDuty, WORKER_STATUSES, type WorkerStatus } from './rules/worker-status.js';
export { SkillsService } from './skills/skills.service.js';
export { Worker, WorkerSkill } from './worker.entity.js';
export { WorkerErasure } from './workers/worker-erasure.service.js';
export { type NewWorker, WorkersService } from './workers/workers.service.js';
export {
  shiftChanged,
  workerArchived,
  workerBack,
  workerCreated,
  workerSilent,
  workerSkillsChanged,
  workerStatusChanged,
  workerUpdated,
} from './workforce.facts.js';
export { WorkforceModule } from './workforce.module.js';
export { type TrackFix, Workforce } from './workforce.service.js';

export const workforceEntities = [Worker, WorkerSkill, Skill, Shift, ShiftException, TimeOff];
