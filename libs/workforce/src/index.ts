export type { Candidate, CandidateQuery, HeldSkill, LatestPosition } from './candidates/candidate.js';
export { HoursService } from './hours/hours.service.js';
export { type Schedule, shiftIntervals } from './hours/shift-intervals.js';
export { PositionIngestService } from './positions/position-ingest.service.js';
export { type WorkerMoved, WorkerMovesService } from './positions/worker-moves.service.js';
export { SkillsService } from './skills/skills.service.js';
export { type TrackFix, WorkforceService } from './status/workforce.service.js';
export {
  type PromisedVisit,
  PromisedVisitsService,
  type WorkerFollower,
} from './workers/promised-visits.service.js';
export { Worker, WorkerSkill } from './workers/worker.entity.js';
export { WorkerErasureService } from './workers/worker-erasure.service.js';
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
export { workforceStage } from './workforce.stage.js';
