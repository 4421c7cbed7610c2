import { Module } from '@nestjs/common';
import { TerritoryModule } from '#territory';
import { Candidates } from './candidates.js';
import { PositionController } from './positions/position.controller.js';
import { PositionFrames } from './positions/position-frames.js';
import { PositionIngest } from './positions/position-ingest.js';
import { PositionPartitions } from './positions/position-partitions.js';
import { PositionStore } from './positions/position-store.js';
import { Tracks } from './positions/tracks.js';
import { WorkerMoves } from './positions/worker-moves.js';
import { Schedules } from './schedules.js';
import { SilenceWatch } from './silence-watch.js';
import { WorkerController } from './workers/worker.controller.js';
import { WorkerReader } from './workers/worker-reader.js';
import { WorkersService } from './workers/workers.service.js';
import { WorkforceHandlers } from './workforce.handlers.js';
import { Workforce } from './workforce.service.js';

const positions = [PositionStore, PositionPartitions, Tracks, PositionIngest, PositionFrames, WorkerMoves];

@Module({
  imports: [TerritoryModule],
  controllers: [WorkerController, PositionController],
  providers: [
    ...positions,
    WorkersService,
    WorkerReader,
    Schedules,
    Candidates,
    SilenceWatch,
    Workforce,
    WorkforceHandlers,
  ],
  exports: [Workforce, WorkersService, WorkerMoves, PositionIngest],
})
export class WorkforceModule {}
