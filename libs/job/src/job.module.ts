import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { CallersController } from './desk/callers.controller.js';
import { CallersService } from './desk/callers.service.js';
import { CustomerErasureController } from './desk/customer-erasure.controller.js';
import { CustomerErasureService } from './desk/customer-erasure.service.js';
import { JobCountsService } from './desk/job-counts.service.js';
import { JobEditorService } from './desk/job-editor.service.js';
import { JobHistoryController } from './desk/job-history.controller.js';
import { JobHistoryService } from './desk/job-history.service.js';
import { JobListService } from './desk/job-list.service.js';
import { JobsController } from './desk/jobs.controller.js';
import { ArrivalWatchService } from './field/arrival-watch.service.js';
import { JobArrivalService } from './field/job-arrival.service.js';
import { JobCommandsService } from './field/job-commands.service.js';
import { JobVerbsController } from './field/job-verbs.controller.js';
import { MyEarningsService } from './field/my-earnings.service.js';
import { MyJobsService } from './field/my-jobs.service.js';
import { JobAccessService } from './http/job-access.service.js';
import { JobImportService } from './intake/job-import.service.js';
import { JobIntakeController } from './intake/job-intake.controller.js';
import { JobIntakeService } from './intake/job-intake.service.js';
import { JobHandlers } from './job.handlers.js';
import { JobRetention } from './job.retention.js';
import { JobFinderService } from './lifecycle/job-finder.service.js';
import { JobFollowersService } from './lifecycle/job-followers.service.js';
import { JobsService } from './lifecycle/jobs.service.js';
import { ConflictsController } from './offline/conflicts.controller.js';
import { ConflictsService } from './offline/conflicts.service.js';
import { FieldWorkController } from './offline/field-work.controller.js';
import { JobOperationsService } from './offline/job-operations.service.js';
import { PhotoHashesService } from './proof/photo-hashes.service.js';
import { ProofController } from './proof/proof.controller.js';
import { ProofService } from './proof/proof.service.js';
import { ProofEvidenceService } from './proof/proof-evidence.service.js';
import { ProofRefusalsService } from './proof/proof-refusals.service.js';

const desk = [
  JobCountsService,
  JobIntakeService,
  JobImportService,
  JobEditorService,
  JobListService,
  JobHistoryService,
  CallersService,
];
const field = [JobArrivalService, ArrivalWatchService, JobCommandsService, MyEarningsService, MyJobsService];
const proof = [ProofService, ProofEvidenceService, ProofRefusalsService, PhotoHashesService];
const offline = [JobOperationsService, ConflictsService];

@Module({
  imports: [TerritoryModule, WorkforceModule, CatalogueModule],
  controllers: [
    // Before those with an id in their path.
    CustomerErasureController,
    JobIntakeController,
    JobsController,
    JobVerbsController,
    JobHistoryController,
    CallersController,
    ProofController,
    FieldWorkController,
    ConflictsController,
  ],
  providers: [
    JobsService,
    JobFinderService,
    JobFollowersService,
    JobAccessService,
    JobHandlers,
    JobRetention,
    CustomerErasureService,
    ...desk,
    ...field,
    ...proof,
    ...offline,
  ],
  exports: [
    CustomerErasureService,
    JobsService,
    JobFinderService,
    JobCountsService,
    JobFollowersService,
    JobAccessService,
    JobIntakeService,
    JobCommandsService,
  ],
})
export class JobModule {}
