import { Module } from '@nestjs/common';
import { TerritoryModule } from '#territory';
import { CandidatesService } from './candidates/candidates.service.js';
import { WorkerDetailsService } from './candidates/worker-details.service.js';
import { HoursController } from './hours/hours.controller.js';
import { HoursService } from './hours/hours.service.js';
import { SchedulesService } from './hours/schedules.service.js';
import { PositionController } from './positions/position.controller.js';
import { PositionCountsService } from './positions/position-counts.service.js';
import { PositionFramesService } from './positions/position-frames.service.js';
import { PositionIngestService } from './positions/position-ingest.service.js';
import { PositionPartitionsService } from './positions/position-partitions.service.js';
import { PositionStoreService } from './positions/position-store.service.js';
import { TracksService } from './positions/tracks.service.js';
import { WorkerMovesService } from './positions/worker-moves.service.js';
import { SkillController } from './skills/skill.controller.js';
import { SkillsService } from './skills/skills.service.js';
import { HeartbeatMonitorService } from './status/heartbeat-monitor.service.js';
import { SilenceAlertsService } from './status/silence-alerts.service.js';
import { SuspensionsService } from './status/suspensions.service.js';
import { WorkforceService } from './status/workforce.service.js';
import { PromisedVisitsService } from './workers/promised-visits.service.js';
import { WorkerController } from './workers/worker.controller.js';
import { WorkerErasureService } from './workers/worker-erasure.service.js';
import { WorkerImportController } from './workers/worker-import.controller.js';
import { WorkerImportService } from './workers/worker-import.service.js';
import { WorkerReaderService } from './workers/worker-reader.service.js';
import { WorkersService } from './workers/workers.service.js';
import { WorkforceHandlers } from './workforce.handlers.js';
import { WorkforceRetention } from './workforce.retention.js';

const positions = [
  PositionStoreService,
  PositionPartitionsService,
  PositionCountsService,
  TracksService,
  PositionIngestService,
  PositionFramesService,
  WorkerMovesService,
];
const people = [
  PromisedVisitsService,
  SchedulesService,
  CandidatesService,
  WorkerDetailsService,
  HeartbeatMonitorService,
  WorkforceService,
  SuspensionsService,
  WorkersService,
  WorkerReaderService,
  WorkerErasureService,
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
  providers: [
    ...people,
    ...positions,
    HoursService,
    SilenceAlertsService,
    WorkerImportService,
    WorkforceHandlers,
    WorkforceRetention,
  ],
  exports: [
    PromisedVisitsService,
    SkillsService,
    WorkforceService,
    WorkersService,
    WorkerErasureService,
    HoursService,
    WorkerMovesService,
    PositionIngestService,
  ],
})
export class WorkforceModule {}
