import { Module } from '@nestjs/common';
import { JobModule } from '#job';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.service.js';
import { Assignments } from './assignments.service.js';
import { Board } from './board.service.js';
import { DeskController } from './desk.controller.js';
import { Desk } from './desk.service.js';
import { DispatchHandlers } from './dispatch.handlers.js';
import { Looker } from './looker.service.js';
import { OffersController } from './offers.controller.js';
import { Offers } from './offers.service.js';
import { OfflineDispatch } from './offline.js';
import { Pools } from './pool.service.js';
import { Presence } from './presence.js';
import { Rounds } from './rounds.service.js';
import { Search } from './search.service.js';
import { DispatchSweep } from './sweep.service.js';
import { Wakes } from './wakes.service.js';

@Module({
  imports: [JobModule, TerritoryModule, WorkforceModule],
  controllers: [OffersController, DeskController, AlertsController],
  providers: [
    Alerts,
    Assignments,
    Presence,
    Board,
    Desk,
    DispatchHandlers,
    DispatchSweep,
    Looker,
    Offers,
    OfflineDispatch,
    Pools,
    Rounds,
    Search,
    Wakes,
  ],
  exports: [Assignments, Offers, Wakes],
})
export class DispatchModule {}
