import { Module } from '@nestjs/common';
import { BookingModule } from '#booking';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { JobEditor } from './desk/job-editor.service.js';
import { JobList } from './desk/job-list.service.js';
import { JobsController } from './desk/jobs.controller.js';
import { JobArrival } from './field/job-arrival.service.js';
import { JobCommands } from './field/job-commands.service.js';
import { JobVerbsController } from './field/verbs.controller.js';
import { JobAccess } from './http/job-access.js';
import { JobIntake } from './intake/job-intake.service.js';
import { JobHandlers } from './job.handlers.js';
import { Jobs } from './jobs.service.js';

@Module({
  imports: [TerritoryModule, WorkforceModule, BookingModule],
  controllers: [JobsController, JobVerbsController],
  providers: [Jobs, JobAccess, JobIntake, JobEditor, JobList, JobArrival, JobCommands, JobHandlers],
  exports: [Jobs, JobAccess, JobIntake, JobCommands],
})
export class JobModule {}
