import { Module } from '@nestjs/common';
import { TerritoryModule } from '#territory';
import { Candidates } from './candidates.js';
import { HoursController } from './hours/hours.controller.js';
import { HoursService } from './hours/hours.service.js';
import { PositionController } from './positions/position.controller.js';
import { PositionCounts } from './positions/position-counts.js';
import { PositionFrames } from './positions/position-frames.js';
import { PositionIngest } from './positions/position-ingest.js';
import { PositionPartitions } from './positions/position-partitions.js';
import { PositionStore } from './positions/position-store.js';
import { Tracks } from './positions/tracks.js';
import { WorkerMoves } from './positions/worker-moves.js';
import { PromisedVisits } from './promised-visits.js';
import { Schedules } from './schedules.js';
import { SilenceWatch } from './silence-watch.js';
import { SkillController } from './skills/skill.controller.js';
import { SkillsService } from './skills/skills.service.js';
import { Suspensions } from './suspensions.js';
import { WorkerController } from './workers/worker.controller.js';
import { WorkerErasure } from './workers/worker-erasure.service.js';
import { WorkerImportController } from './workers/worker-import.controller.js';
import { WorkerImport } from './workers/worker-import.service.js';
import { WorkerReader } from './workers/worker-reader.js';
import { WorkersService } from './workers/workers.service.js';
import { WorkforceHandlers } from './workforce.handlers.js';
import { WorkforceRetention } from './workforce.retention.js';
import { Workforce } from './workforce.service.js';

const positions = [
  PositionStore,
  PositionPartitions,
  PositionCounts,
  Tracks,
  PositionIngest,
  PositionFrames,
  WorkerMoves,
];
const people = [
  PromisedVisits,
  Schedules,
  Candidates,
  SilenceWatch,
  Workforce,
  Suspensions,
  WorkersService,
  WorkerReader,
  WorkerErasure,
  SkillsService,
];

@Module({
  imports: [TerritoryModule],
  controllers: [
    WorkerImportController,
    WorkerController,
    HoursController,
    PositionController,
    SkillController,
  ],
  providers: [...people, ...positions, HoursService, WorkerImport, WorkforceHandlers, WorkforceRetention],
  exports: [
    PromisedVisits,
    SkillsService,
    Workforce,
    WorkersService,
    WorkerErasure,
    HoursService,
    WorkerMoves,
    PositionIngest,
  ],
})
export class WorkforceModule {}
