import { Module } from '@nestjs/common';
import { TerritoryModule } from '#territory';
import { Candidates } from './candidates.js';
import { Schedules } from './schedules.js';
import { SilenceWatch } from './silence-watch.js';
import { Workforce } from './workforce.service.js';

@Module({
  imports: [TerritoryModule],
  providers: [Schedules, Candidates, SilenceWatch, Workforce],
  exports: [Workforce],
})
export class WorkforceModule {}
